import {
  HOUR_MS,
  judgedRatioOf,
  keepsObjective,
  sumWindow,
  type SliHistory,
} from '../sli';

/** A whole window of the past, [fromMs, toMs). */
export interface PastWindow {
  fromMs: number;
  toMs: number;
  /** Null where less than half of the window's hours are known, and without requests. */
  ratio: number | null;
  /** Whether the objective was met; null where the ratio is. */
  kept: boolean | null;
}

/**
 * The whole windows before the present one, end to end, newest first: those within the series of
 * which at least half lies between its first and its last known hour.
 */
export function pastWindowsOf(
  history: SliHistory,
  slo: { windowMs: number; objective: number },
): PastWindow[] {
  const { windowMs, objective } = slo;
  const firstKnownMs = history.startMs + history.firstKnown * HOUR_MS;
  const lastKnownMs = history.startMs + history.endKnown * HOUR_MS;
  const newest = Math.floor((history.asOfMs - lastKnownMs) / windowMs);
  const windows: PastWindow[] = [];
  for (
    let toMs = history.asOfMs - Math.max(1, newest) * windowMs;
    toMs - windowMs >= history.startMs && toMs - windowMs / 2 >= firstKnownMs;
    toMs -= windowMs
  ) {
    const fromMs = toMs - windowMs;
    const sum = sumWindow(history, fromMs, toMs);
    const ratio = judgedRatioOf(sum);
    const kept =
      ratio === null ? null : keepsObjective(sum.bad, sum.total, objective);
    windows.push({ fromMs, toMs, ratio, kept });
  }
  return windows;
}
