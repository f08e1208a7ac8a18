import { EngineInputError } from './EngineInputError';
import { floorToHour, HOUR_MS, requireInstant } from './time';

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
function requireCountSeries(series: CountSeries): void {
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

/** What is wrong with counts that cannot be: by kind, how many hours, and the first of them. */
export interface CountFault {
  code:
    'not_finite' | 'negative_count' | 'bad_exceeds_total' | 'count_too_large';
  hours: number;
  firstMs: number;
}

/**
 * A series as it stood at an instant: hours at or after `asOfMs` are cut off, and in every hour left the counts are
 * either both known with 0 ≤ bad ≤ total, or both NaN.
 */
export interface SliHistory {
  /** Start of element 0. */
  startMs: number;
  /** The instant of the analysis, on a full hour. The last element ends here or, where the series ended, before. */
  asOfMs: number;
  total: Float64Array;
  bad: Float64Array;
  /** Events whose outcome cannot be read, beside those of `total`; undefined if there are none. */
  unknown?: Float64Array;
  /** Index of the first known hour, and of the hour after the last known one; equal if none is known. */
  firstKnown: number;
  endKnown: number;
  knownHours: number;
  /** Hours whose counts are impossible. They are unknown in `total` and `bad`. */
  faults: CountFault[];
}

/** Beyond this a double skips whole numbers, and sums of hours could leave the finite ones. */
const LARGEST_COUNT = 2 ** 53;

function faultOf(total: number, bad: number): CountFault['code'] | undefined {
  if (Math.abs(total) === Infinity || Math.abs(bad) === Infinity) {
    return 'not_finite';
  }
  if (total < 0 || bad < 0) {
    return 'negative_count';
  }
  if (total > LARGEST_COUNT || bad > LARGEST_COUNT) {
    return 'count_too_large';
  }
  // Two counters scraped at different moments and extrapolated to the hour differ by a request or a little more.
  if (bad - total > Math.max(1, 0.01 * total)) {
    return 'bad_exceeds_total';
  }
  return undefined;
}

/**
 * The history that could be seen at `asOfMs`, floored to the hour.
 *
 * Throws an EngineInputError for an instant outside of 1970 to 9999, a start that is not on a full hour, and arrays
 * of different lengths. Impossible counts do not throw; they are reported as `faults`.
 */
export function historyAsOf(series: CountSeries, asOfMs: number): SliHistory {
  requireCountSeries(series);
  requireInstant('asOfMs', asOfMs);
  const asOfHourMs = floorToHour(asOfMs);
  const hours = Math.max(
    0,
    Math.min(series.total.length, (asOfHourMs - series.startMs) / HOUR_MS),
  );
  const total = series.total.slice(0, hours);
  const bad = series.bad.slice(0, hours);
  const faults = new Map<CountFault['code'], CountFault>();
  let firstKnown = -1;
  let endKnown = 0;
  let knownHours = 0;
  for (let i = 0; i < hours; i++) {
    // what nearly every hour is, and needs no second look
    const isSound =
      bad[i] >= 0 && bad[i] <= total[i] && total[i] <= LARGEST_COUNT;
    const code = isSound ? undefined : faultOf(total[i], bad[i]);
    if (code) {
      const fault = faults.get(code);
      if (fault) {
        fault.hours++;
      } else {
        const firstMs = series.startMs + i * HOUR_MS;
        faults.set(code, { code, hours: 1, firstMs });
      }
    }
    if (!isSound) {
      if (code || Number.isNaN(total[i]) || Number.isNaN(bad[i])) {
        total[i] = NaN;
        bad[i] = NaN;
        continue;
      }
      bad[i] = Math.min(bad[i], total[i]);
    }
    if (firstKnown < 0) {
      firstKnown = i;
    }
    endKnown = i + 1;
    knownHours++;
  }
  return {
    startMs: series.startMs,
    asOfMs: asOfHourMs,
    total,
    bad,
    ...(series.unknown && { unknown: series.unknown.slice(0, hours) }),
    firstKnown: Math.max(0, firstKnown),
    endKnown,
    knownHours,
    faults: [...faults.values()],
  };
}

/** The history since an instant: what came before is as if it were unknown. */
export function historyFrom(history: SliHistory, fromMs: number): SliHistory {
  const from = Math.min(
    history.endKnown,
    Math.max(0, Math.ceil((fromMs - history.startMs) / HOUR_MS)),
  );
  const total = history.total.subarray(from);
  const bad = history.bad.subarray(from);
  let firstKnown = 0;
  while (firstKnown < total.length && Number.isNaN(total[firstKnown])) {
    firstKnown++;
  }
  let knownHours = 0;
  for (const count of total) {
    knownHours += Number.isNaN(count) ? 0 : 1;
  }
  return {
    ...history,
    startMs: history.startMs + from * HOUR_MS,
    total,
    bad,
    ...(history.unknown && { unknown: history.unknown.subarray(from) }),
    firstKnown: knownHours > 0 ? firstKnown : 0,
    endKnown: knownHours > 0 ? history.endKnown - from : 0,
    knownHours,
  };
}

/** Hours from the first known one to the instant of the analysis; 0 if none is known. */
export function historyHours(history: SliHistory): number {
  if (history.knownHours === 0) {
    return 0;
  }
  return (history.asOfMs - history.startMs) / HOUR_MS - history.firstKnown;
}

/** Share in [0, 1] of `historyHours` that is known; 0 if none is. */
export function historyCompleteness(history: SliHistory): number {
  return history.knownHours / Math.max(1, historyHours(history));
}
