import {
  EngineInputError,
  HOUR_MS,
  requireWindow,
  type CountSeries,
} from '../sli';
import { CappedHours } from './CappedHours';

/** A span of time to leave out, such as a planned migration. Widened to full hours. */
export interface Exclusion {
  fromMs: number;
  toMs: number;
}

export interface ExcludedSeries {
  /** The series with the excluded hours unknown; the same object if there are none. */
  series: CountSeries;
  /**
   * Hours left out of the objective window that ends at the analysis, and their share in [0, 1] of it, or of what there
   * is of it where the history is shorter.
   */
  excludedHours: number;
  share: number;
  /** Hours of the whole series that were asked to be left out and count all the same, for the cap was reached. */
  hoursOverCap: number;
}

/** Most of a window's hours that may be left out by default. */
export const DEFAULT_EXCLUSION_CAP = 0.1;

/**
 * Leaves excluded hours out of a series, within a cap: in no objective window, wherever it begins, is a larger share of
 * the hours left out, and in a history shorter than a window no larger share of that. Exclusions are served in the order in which they were asked for, each from its first hour on.
 * What overlaps counts once, and hours that are unknown anyway, or not over at the analysis, take nothing of the cap.
 *
 * Throws an EngineInputError for a cap outside of [0, 1], and for an exclusion that does not end after it begins.
 *
 * @param exclusions - those asked for first come first.
 */
export function excludeHours(
  series: CountSeries,
  exclusions: readonly Exclusion[],
  options: { asOfMs: number; windowMs: number; cap?: number },
): ExcludedSeries {
  const { asOfMs, windowMs, cap = DEFAULT_EXCLUSION_CAP } = options;
  if (!(cap >= 0 && cap <= 1)) {
    throw new EngineInputError(
      `cap is ${cap}; pass the share of a window that may be left out, from 0 to 1`,
    );
  }
  requireWindow(windowMs);
  if (exclusions.length === 0) {
    return { series, excludedHours: 0, share: 0, hoursOverCap: 0 };
  }
  const asOfHour = Math.floor((asOfMs - series.startMs) / HOUR_MS);
  const hours = Math.max(0, Math.min(series.total.length, asOfHour));
  const isKnown = (hour: number) =>
    !(Number.isNaN(series.total[hour]) || Number.isNaN(series.bad[hour]));
  let firstKnown = 0;
  while (firstKnown < hours && !isKnown(firstKnown)) firstKnown++;
  if (firstKnown === hours) {
    return { series, excludedHours: 0, share: 0, hoursOverCap: 0 };
  }
  const windowHours = Math.min(windowMs / HOUR_MS, asOfHour - firstKnown);
  // the nudge keeps 0.07 · 100 h = 7.000000000000001 h from becoming 6.99…, and an hour from being lost
  const most = Math.floor(cap * windowHours + 1e-9);
  const excluded = new CappedHours(hours, windowHours, most);
  const overCap = new Uint8Array(hours);
  for (const exclusion of exclusions) {
    const { first, end } = hoursOf(exclusion, series.startMs, hours);
    for (let hour = first; hour < end; hour++) {
      overCap[hour] = isKnown(hour) && !excluded.add(hour) ? 1 : 0;
    }
  }
  const excludedHours = excluded.countFrom(asOfHour - windowHours);
  return {
    series: excluded.count > 0 ? without(series, excluded) : series,
    excludedHours,
    share: excludedHours / windowHours,
    hoursOverCap: overCap.reduce((sum, over) => sum + over, 0),
  };
}

function hoursOf({ fromMs, toMs }: Exclusion, startMs: number, hours: number) {
  if (!(fromMs < toMs)) {
    throw new EngineInputError(
      `an exclusion lasts from ${fromMs} to ${toMs}; pass an end in milliseconds that is later than its beginning`,
    );
  }
  return {
    first: Math.max(0, Math.floor((fromMs - startMs) / HOUR_MS)),
    end: Math.min(hours, Math.ceil((toMs - startMs) / HOUR_MS)),
  };
}

function without(series: CountSeries, excluded: CappedHours): CountSeries {
  const fillExcluded = (counts: Float64Array, value: number) =>
    counts.map((count, hour) => (excluded.has(hour) ? value : count));
  return {
    startMs: series.startMs,
    total: fillExcluded(series.total, NaN),
    bad: fillExcluded(series.bad, NaN),
    ...(series.unknown && { unknown: fillExcluded(series.unknown, 0) }),
  };
}
