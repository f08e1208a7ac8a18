import { DAY_MS, sumWindow, type SliHistory } from '../sli';
import { burnRate } from './burnRates';

export interface BurnDownPoint {
  atMs: number;
  /** Share of the window's budget left, at most 1; negative when overspent. Null before the first known hour. */
  remaining: number | null;
}

/**
 * What is left of the budget after each day of the window, oldest first. The budget is that of the whole window, so
 * the line never rises, and ends at what remains now.
 */
export function burnDownOf(
  history: SliHistory,
  slo: { windowMs: number; objective: number },
): BurnDownPoint[] {
  const { asOfMs } = history;
  const startMs = asOfMs - slo.windowMs;
  const { total } = sumWindow(history, startMs, asOfMs);
  const points: BurnDownPoint[] = [];
  let bad = 0;
  let known = false;
  for (let atMs = startMs + DAY_MS; atMs <= asOfMs; atMs += DAY_MS) {
    const day = sumWindow(history, atMs - DAY_MS, atMs);
    bad += day.bad;
    known = known || day.knownHours > 0;
    const remaining = known ? 1 - burnRate(bad, total, slo.objective) : null;
    points.push({ atMs, remaining });
  }
  return points;
}
