import type { SliHistory } from './SliHistory';
import { HOUR_MS } from './time';

/** Sums over the known hours of a range. */
export interface WindowSum {
  total: number;
  bad: number;
  /** Hours of the range with known counts. Where it is 0, the sums say nothing. */
  knownHours: number;
  /** Share in [0, 1] of the hours of the range that is known. */
  completeness: number;
}

/**
 * Sums the counts of the hours in [fromMs, toMs), both on full hours. Hours outside of the history are unknown.
 * Sum first, divide last: ratios of hours are never averaged.
 */
export function sumWindow(
  history: SliHistory,
  fromMs: number,
  toMs: number,
): WindowSum {
  const from = (fromMs - history.startMs) / HOUR_MS;
  const to = (toMs - history.startMs) / HOUR_MS;
  const end = Math.min(history.total.length, to);
  let total = 0;
  let bad = 0;
  let knownHours = 0;
  for (let i = Math.max(0, from); i < end; i++) {
    if (!Number.isNaN(history.total[i])) {
      total += history.total[i];
      bad += history.bad[i];
      knownHours++;
    }
  }
  const completeness = to > from ? knownHours / (to - from) : 0;
  return { total, bad, knownHours, completeness };
}

/** Good share of the requests summed; null where none was seen. */
export function ratioOf(sum: WindowSum): number | null {
  return sum.total > 0 ? (sum.total - sum.bad) / sum.total : null;
}

/** Least share of known hours of a past window that is judged. */
export const LEAST_COMPLETENESS = 0.5;

/** As `ratioOf`, but null also where less than half of the hours are known. */
export function judgedRatioOf(sum: WindowSum): number | null {
  return sum.completeness >= LEAST_COMPLETENESS ? ratioOf(sum) : null;
}
