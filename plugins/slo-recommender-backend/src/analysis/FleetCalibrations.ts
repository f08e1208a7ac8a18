import type { SliType } from 'backstage-plugin-slo-recommender-common';
import {
  fleetReport,
  type FleetReport,
} from 'backstage-plugin-slo-recommender-engine';
import type { Knex } from 'knex';
import type { SloRecommenderConfig } from '../config';
import type {
  Analysis,
  CalibrationStore,
  DependencyStore,
  FleetCalibrationReport,
} from '../store';
import {
  type BacktestedService,
  type Fleet,
  FleetKnowledge,
  type StudiedService,
} from './service';

const SLI_TYPES: readonly SliType[] = ['availability', 'latency'];

export interface FleetCalibrationsOptions {
  config: SloRecommenderConfig;
  calibrations: CalibrationStore;
  dependencies: DependencyStore;
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
  ): Promise<Fleet> {
    const { config, dependencies } = this.#options;
    const callees = await dependencies.countCallees();
    const knowledgeOf = async (sliType: SliType) => {
      if (options.isWholeFleet) {
        return FleetKnowledge.learn(sliType, studied, {
          asOfMs: options.asOf.getTime(),
          callees,
        });
      }
      const stored = await this.#options.calibrations.getCurrent(sliType);
      // nothing of an analysis is from later
      return stored && Date.parse(stored.asOf) <= options.asOf.getTime()
        ? FleetKnowledge.fromStored(stored.calibration)
        : undefined;
    };
    return {
      availability: await knowledgeOf('availability'),
      latency: await knowledgeOf('latency'),
      callees,
      lookbackMs: config.lookbackMs,
    };
  }

  /** Keeps what was learnt, and how past predictions of the fleet turned out. */
  async write(
    tx: Knex,
    analysis: Pick<Analysis, 'id' | 'asOf'>,
    fleet: Fleet,
    concluded: readonly BacktestedService[],
  ): Promise<void> {
    const measured = concluded.filter(({ simulated }) => !simulated);
    for (const sliType of SLI_TYPES) {
      const knowledge = fleet[sliType];
      if (!knowledge) continue;
      const slis = (measured.length > 0 ? measured : concluded).flatMap(
        ({ backtests }) => backtests[sliType] ?? [],
      );
      await this.#options.calibrations.write(tx, analysis.id, {
        sliType,
        asOf: analysis.asOf,
        report: toReport(fleetReport(slis, knowledge.evidence)),
        calibration: knowledge.toStored(),
      });
    }
  }
}

function toReport({
  calibrated,
  tested,
  held,
  ...rest
}: FleetReport): FleetCalibrationReport {
  return {
    ...rest,
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
