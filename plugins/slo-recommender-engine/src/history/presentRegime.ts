import { HOUR_MS, isLongEnough, type SliHistory } from '../sli';
import type { ChangePoint } from './changePoints';

/** The time since the last lasting change. */
export interface PresentRegime {
  /** Start of the day of the last change, or of the first known hour where nothing changed. */
  sinceMs: number;
  /** Whether it is as long as the history that a recommendation for the window needs. */
  longEnough: boolean;
}

/** @param changePoints - of the history, oldest first. */
export function presentRegime(
  changePoints: readonly ChangePoint[],
  history: SliHistory,
  windowMs: number,
): PresentRegime {
  const last = changePoints[changePoints.length - 1];
  const firstKnownMs = history.startMs + history.firstKnown * HOUR_MS;
  const sinceMs = Math.max(firstKnownMs, last?.atMs ?? firstKnownMs);
  return {
    sinceMs,
    longEnough:
      history.knownHours > 0 &&
      isLongEnough(history.asOfMs - sinceMs, windowMs),
  };
}
