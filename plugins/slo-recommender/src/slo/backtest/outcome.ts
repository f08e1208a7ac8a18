import type { BacktestWindow } from 'backstage-plugin-slo-recommender-common';

/** Against which objective past windows are held. */
export const yardsticks = [
  { id: 'then', words: 'back then' },
  { id: 'now', words: 'now' },
] as const;
export type Yardstick = (typeof yardsticks)[number]['id'];

/** Whether a past window kept the objective; null where none would have been, or none is, recommended. */
export function keptBy(
  window: BacktestWindow,
  yardstick: Yardstick,
): boolean | null {
  return yardstick === 'then' ? window.kept : window.keptRecommendedNow;
}

/** Windows that can be judged, and those of them that kept their objective. */
export function countKept(
  windows: BacktestWindow[],
  yardstick: Yardstick,
): { judged: number; kept: number } {
  const outcomes = windows.map(window => keptBy(window, yardstick));
  return {
    judged: outcomes.filter(kept => kept !== null).length,
    kept: outcomes.filter(kept => kept === true).length,
  };
}

/**
 * How many of the windows for which something would have been recommended were to be expected to keep it, by the
 * probabilities given then; null where one is not known.
 */
export function expectedToKeep(windows: BacktestWindow[]): number | null {
  let expected = 0;
  for (const { kept, attainment } of windows) {
    if (kept === null) continue;
    if (attainment === null) return null;
    expected += attainment;
  }
  return expected;
}

/** The window to tell of first: the latest broken one, else the latest. */
export function tellingWindow(
  windows: BacktestWindow[],
  yardstick: Yardstick,
): number {
  const broken = windows.findLastIndex(
    window => keptBy(window, yardstick) === false,
  );
  return broken >= 0 ? broken : windows.length - 1;
}
