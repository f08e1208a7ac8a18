import {
  stratumKey,
  stratumOf,
  stratumRange,
  wilsonInterval,
  type StratumRange,
} from '../../calibrate';
import { TIER_ATTAINMENT } from '../tiers';
import { type FleetWindow, ServiceCount } from './FleetWindow';

export interface Coverage {
  /** Null for the whole fleet. */
  stratum: StratumRange | null;
  windows: number;
  services: number;
  levels: {
    nominal: number;
    observed: number;
    interval: { from: number; to: number };
  }[];
}

/** Probabilities of the tiers, ascending. */
const NOMINAL = Object.values(TIER_ATTAINMENT).sort((a, b) => a - b);

/** How many windows of one kind were within what was predicted with each nominal probability. */
class CoverageOfKind {
  readonly #services = new ServiceCount();
  readonly #within = NOMINAL.map(() => 0);
  #windows = 0;
  #evidence = 0;

  readonly #stratum: StratumRange | null;

  constructor(stratum: StratumRange | null) {
    this.#stratum = stratum;
  }

  add(window: FleetWindow): void {
    this.#services.add(window.service);
    this.#windows++;
    this.#evidence += window.evidence;
    for (let i = 0; i < NOMINAL.length; i++) {
      this.#within[i] += window.pit <= NOMINAL[i] ? 1 : 0;
    }
  }

  coverage(): Coverage {
    const windows = this.#windows;
    return {
      stratum: this.#stratum,
      windows,
      services: this.#services.count,
      levels:
        windows === 0
          ? []
          : NOMINAL.map((nominal, i) => {
              const observed = this.#within[i] / windows;
              return {
                nominal,
                observed,
                interval: wilsonInterval(observed, this.#evidence),
              };
            }),
    };
  }
}

/** Coverage of the whole fleet and of each stratum of it. */
export class CoverageCount {
  readonly #fleet = new CoverageOfKind(null);
  readonly #strata = new Map<string, CoverageOfKind>();

  add(window: FleetWindow): void {
    const stratum = stratumOf(window);
    const key = stratumKey(stratum);
    let found = this.#strata.get(key);
    if (!found) {
      found = new CoverageOfKind(stratumRange(stratum, window.windowMs));
      this.#strata.set(key, found);
    }
    found.add(window);
    this.#fleet.add(window);
  }

  /** The whole fleet first, then its strata. */
  coverage(): Coverage[] {
    const strata = [...this.#strata].sort(([a], [b]) => (a < b ? -1 : 1));
    return [this.#fleet, ...strata.map(([, one]) => one)].map(one =>
      one.coverage(),
    );
  }
}
