import { EngineInputError } from './EngineInputError';
import { HOUR_MS, requireInstant } from './time';

/**
 * Counts of one SLI per hour: element i covers [startMs + i h, startMs + (i + 1) h).
 *
 * `total` counts all events, `bad` those that failed, so 0 ≤ bad ≤ total. NaN means unknown, which is neither 0 nor
 * 100 %; an hour counts as known only where both are. Counts may be fractional, as rates extrapolated to an hour are.
 */
export interface CountSeries {
  /** Start of the first hour, on a full UTC hour. */
  startMs: number;
  total: Float64Array;
  bad: Float64Array;
  /**
   * Events of each hour whose outcome cannot be read. They are in neither of the others, whether or not these are known.
   * Left out if there are none.
   */
  unknown?: Float64Array;
}

/** Throws an EngineInputError where the series is not shaped as described. What the counts say is not looked at. */
export function requireCountSeries(series: CountSeries): void {
  requireInstant('series.startMs', series.startMs);
  if (series.startMs % HOUR_MS !== 0) {
    throw new EngineInputError(
      `series.startMs is ${series.startMs}, which is not on a full UTC hour; align the series to hours`,
    );
  }
  if (series.total.length !== series.bad.length) {
    throw new EngineInputError(
      `series.total has ${series.total.length} hours and series.bad has ${series.bad.length}; ` +
        `pass both for the same hours, with NaN where a count is unknown`,
    );
  }
  if (series.unknown && series.unknown.length !== series.total.length) {
    throw new EngineInputError(
      `series.unknown has ${series.unknown.length} hours and series.total has ${series.total.length}; ` +
        `pass both for the same hours, or leave series.unknown out if every outcome is known`,
    );
  }
}
