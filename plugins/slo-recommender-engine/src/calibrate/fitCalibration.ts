import { replayStepMs, type PastForecast } from '../backtest';
import { LEVELS } from '../predict';
import type { CalibratedStratum, Calibration } from './calibration';
import { stratumKey, stratumOf } from './strata';

/** Windows after which a past one counts half: a fleet drifts, and the newest windows say most of the next. */
const HALF_LIFE_WINDOWS = 4;

/** Weights are multiples of it: sums of them are exact, so that the order of the services changes not a bit. */
const WEIGHT_UNIT = 2 ** -32;

/** Windows that the whole fleet's word weighs within a stratum, and the prediction's own within the fleet. */
const FLEET_WEIGHT = 40;
const PREDICTION_WEIGHT = 20;

/** Windows beyond a level that it takes to trust the level; above it the prediction's own tail is scaled. */
const FEWEST_BEYOND = 12;

/** A past window, and where in its prediction it fell. */
interface PlacedWindow {
  /** Distinguishes the services of the fleet. */
  service: number;
  toMs: number;
  windowMs: number;
  /** Share of it that no other window of its service overlaps, divided by the number of its SLIs. */
  share: number;
  stratum: string;
  /** Index of the lowest of the LEVELS that it is within; their number where it is beyond all. */
  level: number;
  /** Within a factor of two of the predicted median. */
  isNear: boolean;
}

/** Weighted counts of past windows by where in the prediction they fell. */
class Tally {
  /** Element i is of windows within LEVELS[i] and not within LEVELS[i − 1]; the last of those beyond all. */
  readonly #weights = new Float64Array(LEVELS.length + 1);
  #services = 0;
  #latestService = -1;
  #near = 0;
  #weight = 0;
  #windows = 0;

  /** Windows of one service come one after the other. */
  add({ service, level, isNear }: PlacedWindow, weight: number): void {
    this.#weights[level] += weight;
    this.#weight += weight;
    this.#near += isNear ? weight : 0;
    this.#windows++;
    if (service !== this.#latestService) {
      this.#latestService = service;
      this.#services++;
    }
  }

  /** Shrinks the shares towards what is known without them: `weight` windows' worth of `prior`. */
  shrunkTo(
    prior: ArrayLike<number>,
    weight: number,
    known: { nearMedian: number; evidence: number },
  ): CalibratedStratum {
    const within: number[] = [];
    const evidence = this.#weight + weight;
    let sum = 0;
    for (let i = 0; i < LEVELS.length; i++) {
      sum += this.#weights[i];
      within.push((sum + weight * prior[i]) / evidence);
    }
    scaleTail(within, evidence);
    return {
      within,
      evidence: this.#weight,
      support: this.#weight + Math.min(weight, known.evidence),
      windows: this.#windows,
      services: this.#services,
      nearMedian: (this.#near + weight * known.nearMedian) / evidence,
    };
  }
}

/**
 * Where too few windows lie beyond a level to tell how many should, the prediction's own tail goes on from the last
 * level that is supported, scaled to meet it: a threshold exceedance model (Coles 2001, ch. 4).
 */
function scaleTail(within: number[], evidence: number): void {
  let last = LEVELS.length - 1;
  while (last > 0 && (1 - within[last]) * evidence < FEWEST_BEYOND) {
    last--;
  }
  const scale = (1 - within[last]) / (1 - LEVELS[last]);
  for (let i = last + 1; i < LEVELS.length; i++) {
    within[i] = Math.max(within[i - 1], 1 - scale * (1 - LEVELS[i]));
  }
}

/** Assumed of a fleet of which nothing is known: half of the windows within a factor of two. */
const UNKNOWN_FLEET = { nearMedian: 0.5, evidence: 0 };

/** The past windows of one SLI of a service. */
export interface ReplayedService {
  windowMs: number;
  replay: readonly PastForecast[];
}

/**
 * Where the past windows of a service fell. SLIs of one service, such as several thresholds, fail together: they weigh
 * as much as one.
 */
export function placeWindows(
  slis: readonly ReplayedService[],
  service: number,
): PlacedWindow[] {
  return slis.flatMap(({ replay, windowMs }) => {
    const share = replayStepMs(windowMs) / windowMs / slis.length;
    return replay.map(past => ({
      service,
      toMs: past.toMs,
      windowMs,
      share,
      stratum: stratumKey(stratumOf({ ...past, windowMs })),
      level: levelOf(past.pit),
      isNear: isNearMedian(past),
    }));
  });
}

function levelOf(pit: number): number {
  let low = 0;
  let high = LEVELS.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (LEVELS[middle] < pit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** What past windows that had ended by an instant say, added one after the other. */
export class CalibrationFit {
  readonly #fleet = new Tally();
  readonly #strata = new Map<string, Tally>();

  readonly #asOfMs: number;

  constructor(asOfMs: number) {
    this.#asOfMs = asOfMs;
  }

  /** Windows that end after the instant are not looked at. */
  add(window: PlacedWindow): void {
    if (window.toMs > this.#asOfMs) {
      return;
    }
    const age = (this.#asOfMs - window.toMs) / window.windowMs;
    const weight =
      WEIGHT_UNIT *
      Math.round(
        (window.share * 2 ** (-age / HALF_LIFE_WINDOWS)) / WEIGHT_UNIT,
      );
    let stratum = this.#strata.get(window.stratum);
    if (!stratum) {
      stratum = new Tally();
      this.#strata.set(window.stratum, stratum);
    }
    stratum.add(window, weight);
    this.#fleet.add(window, weight);
  }

  /** A stratum with few windows leans on the fleet, and a small fleet on the predictions themselves. */
  calibration(): Calibration {
    const all = this.#fleet.shrunkTo(LEVELS, PREDICTION_WEIGHT, UNKNOWN_FLEET);
    return {
      asOfMs: this.#asOfMs,
      fleet: all,
      strata: [...this.#strata]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, tally]) => [
          key,
          tally.shrunkTo(all.within, FLEET_WEIGHT, all),
        ]),
    };
  }
}

/**
 * Scores past predictions of a fleet against what came, and learns from them how often a predicted probability comes
 * true: split conformal prediction on the predictive distribution (Vovk et al. 2005; Chernozhukov, Wüthrich and Zhu,
 * PNAS 2021), over rolling origins, in strata of traffic and age (Mondrian categories), with recent windows weighted
 * more (Barber et al., Ann. Stat. 2023). A stratum with few windows leans on the fleet, and a small fleet on the
 * predictions themselves, which err on the wide side.
 *
 * Windows that end after `asOfMs` are not looked at.
 */
export function fitCalibration(
  services: Iterable<ReplayedService>,
  asOfMs: number,
): Calibration {
  const fit = new CalibrationFit(asOfMs);
  let index = 0;
  for (const service of services) {
    placeWindows([service], index++).forEach(window => fit.add(window));
  }
  return fit.calibration();
}

/** Whether what came was within a factor of two of the predicted median; less than a request is no difference. */
export function isNearMedian({
  requests,
  bad,
  quantiles,
}: PastForecast): boolean {
  const median = Math.max(quantiles[0] * requests, 1);
  const came = Math.max(bad, 1);
  return came <= 2 * median && median <= 2 * came;
}
