import type { SliHistory } from './SliHistory';
import { DAY_MS, HOUR_MS } from './time';
import { judgedRatioOf, sumWindow } from './windowSum';

/** A day in UTC, and the rolling objective window that ends with it. */
export interface HistoryDay {
  /** 00:00 UTC of the day. */
  dayMs: number;
  /** Requests of the day's known hours; null if none is known. */
  requests: number | null;
  badRequests: number | null;
  /**
   * Ratio over the objective window that ends with this day (for the last day: with the analysis). Null while the
   * window reaches back before the first known hour, where less than half of its hours are known, and without requests.
   */
  rollingRatio: number | null;
}

/** One element for each UTC day that the history touches, oldest first. */
export function dailyHistory(
  history: SliHistory,
  windowMs: number,
): HistoryDay[] {
  if (history.total.length === 0) {
    return [];
  }
  const days: HistoryDay[] = [];
  const endMs = history.startMs + history.total.length * HOUR_MS;
  const firstKnownMs = history.startMs + history.firstKnown * HOUR_MS;
  const firstDayMs = Math.floor(history.startMs / DAY_MS) * DAY_MS;
  for (let dayMs = firstDayMs; dayMs < endMs; dayMs += DAY_MS) {
    const dayEndMs = Math.min(dayMs + DAY_MS, history.asOfMs);
    const day = sumWindow(history, dayMs, dayEndMs);
    const fromMs = dayEndMs - windowMs;
    const rolling = sumWindow(history, fromMs, dayEndMs);
    const whole = fromMs >= firstKnownMs;
    days.push({
      dayMs,
      requests: day.knownHours > 0 ? day.total : null,
      badRequests: day.knownHours > 0 ? day.bad : null,
      rollingRatio: whole ? judgedRatioOf(rolling) : null,
    });
  }
  return days;
}
