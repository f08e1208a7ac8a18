import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { ResultOutline } from './ResultStore';
import { inBatches } from '../kernel/database/database';
import {
  AVAILABILITY_COUNTS,
  type DatasourceOutcome,
  type HourlyHistoryStore,
  type TelemetrySync,
} from '../telemetry';

/** Services whose counts are in memory at a time. */
const SERVICES_PER_BATCH = 100;

/** Datasources that answer and have no data at all. */
export class EmptyAnswers {
  readonly #telemetrySync: Pick<TelemetrySync, 'recordFailure'>;
  readonly #history: HourlyHistoryStore;

  constructor(options: {
    telemetrySync: Pick<TelemetrySync, 'recordFailure'>;
    history: HourlyHistoryStore;
  }) {
    this.#telemetrySync = options.telemetrySync;
    this.#history = options.history;
  }

  /**
   * A datasource that knows none of its services although readers see data of them has lost them: an emptied
   * Prometheus, a wrong tenant. Its silence must not wipe out what was measured.
   *
   * @param context.seen - what readers see, by entity reference.
   * @param context.isSubset - true if not all services of the datasource were asked for.
   * @returns the outcome, as a failure if it is not to be believed.
   */
  async judge(
    outcome: DatasourceOutcome,
    context: {
      range: HourRange;
      seen: Map<string, ResultOutline>;
      isSubset: boolean;
    },
  ): Promise<DatasourceOutcome> {
    const { range, seen, isSubset } = context;
    const allFailed =
      outcome.failed?.entityRefs.size === outcome.entityRefs.length;
    if (allFailed || (await this.#anyRequests(outcome.entityRefs, range))) {
      return outcome;
    }
    const message = `Datasource '${
      outcome.datasourceId
    }' answers, but has no data for any of its ${
      outcome.entityRefs.length
    } services from ${range.from.toISOString()} to ${range.to.toISOString()}. Check its retention, tenant and metric names.`;
    const measuredBefore = outcome.entityRefs.some(
      ref => (seen.get(ref)?.requests ?? 0) > 0,
    );
    if (!outcome.failed && !isSubset) {
      await this.#telemetrySync.recordFailure(
        outcome.datasourceId,
        'empty',
        message,
        range,
      );
      // its silence is not to be believed for long
      await this.#history.askAgain(
        AVAILABILITY_COUNTS,
        outcome.entityRefs,
        range,
      );
    }
    return measuredBefore
      ? {
          ...outcome,
          failed: {
            entityRefs: new Set(outcome.entityRefs),
            message: outcome.failed?.message ?? message,
          },
          dependencies: undefined,
        }
      : outcome;
  }

  async #anyRequests(entityRefs: string[], range: HourRange): Promise<boolean> {
    for (const batch of inBatches(entityRefs, SERVICES_PER_BATCH)) {
      const histories = await this.#history.read(
        AVAILABILITY_COUNTS,
        batch,
        range,
      );
      for (const { series } of histories.values()) {
        if (series.total.some(value => value > 0)) return true;
      }
    }
    return false;
  }
}
