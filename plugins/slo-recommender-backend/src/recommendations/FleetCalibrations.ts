import {
  type SliType,
  stratumWords,
} from 'backstage-plugin-slo-recommender-common';
import type { FleetReport } from 'backstage-plugin-slo-recommender-engine';
import type { Knex } from 'knex';
import type { SloRecommenderConfig } from '../kernel/config/readSloRecommenderConfig';
import type {
  CalibrationStore,
  FleetCalibrationReport,
} from './CalibrationStore';
import type { DependencyStore } from '../dependencies';
import { type Fleet, FleetKnowledge, type StudiedService } from './service';

const SLI_TYPES: readonly SliType[] = ['availability', 'latency'];

export interface FleetCalibrationsOptions {
  config: SloRecommenderConfig;
  calibrations: CalibrationStore;
  dependencies: DependencyStore;
}

/** What was learnt, with reports for people of what is new in it. */
export interface LearntFleet extends Fleet {
  reports: Map<SliType, FleetCalibrationReport>;
}

/** What the fleet's past windows teach, kept from one analysis of the fleet to the next. */
export class FleetCalibrations {
  readonly #options: FleetCalibrationsOptions;

  constructor(options: FleetCalibrationsOptions) {
    this.#options = options;
  }

  /** Learns from the services studied; where they are not the whole fleet, what the last analysis of it learnt stands. */
  async learn(
    studied: StudiedService[],
    options: { asOf: Date; isWholeFleet: boolean },
  ): Promise<LearntFleet> {
    const { config, dependencies } = this.#options;
    const callees = await dependencies.countCallees();
    const learnt: LearntFleet = {
      availability: undefined,
      latency: undefined,
      callees,
      lookbackMs: config.lookbackMs,
      reports: new Map(),
    };
    for (const sliType of SLI_TYPES) {
      if (options.isWholeFleet) {
        const { knowledge, report } = await FleetKnowledge.learn(
          sliType,
          studied,
          { asOfMs: options.asOf.getTime(), callees },
        );
        learnt[sliType] = knowledge;
        learnt.reports.set(sliType, toReport(report));
      } else {
        learnt[sliType] = await this.#recall(sliType, options.asOf);
      }
    }
    return learnt;
  }

  /** Keeps what was learnt, and how past predictions of the fleet turned out. */
  async write(
    tx: Knex,
    analysis: { id: string; asOf: Date },
    fleet: LearntFleet,
  ): Promise<void> {
    for (const [sliType, report] of fleet.reports) {
      await this.#options.calibrations.write(tx, analysis.id, {
        sliType,
        asOf: analysis.asOf.toISOString(),
        report,
        calibration: fleet[sliType]?.toStored(),
      });
    }
  }

  async #recall(
    sliType: SliType,
    asOf: Date,
  ): Promise<FleetKnowledge | undefined> {
    const stored = await this.#options.calibrations.getCurrent(sliType);
    // nothing of an analysis is from later
    return stored && Date.parse(stored.asOf) <= asOf.getTime()
      ? FleetKnowledge.fromStored(stored.calibration)
      : undefined;
  }
}

function toReport({
  calibrated,
  tested,
  held,
  coverage,
  ...rest
}: FleetReport): FleetCalibrationReport {
  return {
    ...rest,
    coverage: coverage.map(({ stratum, ...one }) => ({
      label: stratumWords(stratum),
      ...one,
    })),
    state: calibrated && tested && held ? 'calibrated' : 'uncalibrated',
    message: messageOf({ calibrated, tested, held }),
  };
}

function messageOf({
  calibrated,
  tested,
  held,
}: Pick<FleetReport, 'calibrated' | 'tested' | 'held'>): string {
  if (!calibrated) {
    return 'Too few past windows are known to correct probabilities by: it takes 12 windows, overlaps counted once, of 20 services. Until then they err on the wide side, and intervals are not given.';
  }
  if (!tested) {
    return 'Probabilities are corrected by past windows, but all of these began before there were enough to correct by. What is shown are predictions without the correction: it is not tested yet.';
  }
  return held
    ? 'Probabilities are corrected by how often past predictions of this fleet came true.'
    : 'Probabilities are corrected by past windows, and still more than 4 points off in the windows that followed: the fleet changes faster than its past tells. Prefer the conservative tier.';
}
