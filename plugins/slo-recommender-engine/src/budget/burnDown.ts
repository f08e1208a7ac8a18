import { DAY_MS, HOUR_MS, sumWindow, type SliHistory } from '../sli';
import { burnRate } from './burnRates';

export interface BurnDownPoint {
  atMs: number;
  /** Share of the window's budget left, at most 1; negative when overspent. Null before the first known hour. */
  remaining: number | null;
}

/** Windows up to this long have a point for every hour. */
const SHORT_WINDOW_MS = 3 * DAY_MS;

/**
 * What is left of the budget after each day of the window (each hour of a short one), oldest first. The budget is that
 * of the whole window, so the line never rises, and ends at what remains now.
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
  const stepMs = slo.windowMs <= SHORT_WINDOW_MS ? HOUR_MS : DAY_MS;
  for (let atMs = startMs + stepMs; atMs <= asOfMs; atMs += stepMs) {
    const step = sumWindow(history, atMs - stepMs, atMs);
    bad += step.bad;
    known = known || step.knownHours > 0;
    const remaining = known ? 1 - burnRate(bad, total, slo.objective) : null;
    points.push({ atMs, remaining });
  }
  return points;
}
