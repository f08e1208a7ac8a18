import { type CountSeries, historyAsOf, type SliHistory } from './SliHistory';
import { DAY_MS, HOUR_MS } from './time';
import { judgedRatioOf } from './windowSum';

/** UTC days of an SLI, one element each, and the rolling objective window that ends with each. NaN is unknown. */
export interface DailyHistory {
  /** 00:00 UTC of the first day. */
  firstDayMs: number;
  /** Requests of the day's known hours. */
  requests: Float64Array;
  badRequests: Float64Array;
  /**
   * Ratio over the objective window that ends with the day (for the last day: with the analysis). Unknown while the
   * window reaches back before the first known hour, where less than half of its hours are known, and without requests.
   */
  rollingRatio: Float64Array;
}

/** Sums of a history from its start up to an hour, which only moves on. */
class RunningSum {
  total = 0;
  bad = 0;
  knownHours = 0;
  #hour = 0;

  constructor(readonly history: SliHistory) {}

  advanceTo(ms: number): void {
    const { startMs, total, bad } = this.history;
    const end = Math.min(total.length, (ms - startMs) / HOUR_MS);
    for (; this.#hour < end; this.#hour++) {
      if (!Number.isNaN(total[this.#hour])) {
        this.total += total[this.#hour];
        this.bad += bad[this.#hour];
        this.knownHours++;
      }
    }
  }
}

/**
 * The days of the last `lookbackMs` (of the objective window if that is longer) up to the instant of the analysis, from
 * the first day with requests on. Each hour is visited twice, however long the window is.
 *
 * @param options.asOfMs - the end of the series if left out.
 */
export function dailyHistory(
  series: CountSeries,
  options: { windowMs: number; lookbackMs?: number; asOfMs?: number },
): DailyHistory {
  const { windowMs, lookbackMs = Infinity } = options;
  const hours = series.total.length;
  const left = Math.max(0, hours - Math.max(lookbackMs, windowMs) / HOUR_MS);
  const history = historyAsOf(
    {
      startMs: series.startMs + left * HOUR_MS,
      total: series.total.subarray(left),
      bad: series.bad.subarray(left),
    },
    options.asOfMs ?? series.startMs + hours * HOUR_MS,
  );
  const endMs = history.startMs + history.total.length * HOUR_MS;
  const firstKnownMs = history.startMs + history.firstKnown * HOUR_MS;
  const firstBusy = history.total.findIndex(requests => requests > 0);
  const firstBusyMs =
    firstBusy < 0 ? endMs : history.startMs + firstBusy * HOUR_MS;
  const firstDayMs = Math.floor(firstBusyMs / DAY_MS) * DAY_MS;
  const days = firstBusy < 0 ? 0 : Math.ceil((endMs - firstDayMs) / DAY_MS);
  const requests = new Float64Array(days).fill(NaN);
  const badRequests = new Float64Array(days).fill(NaN);
  const rollingRatio = new Float64Array(days).fill(NaN);
  const untilDay = new RunningSum(history);
  const untilWindow = new RunningSum(history);
  untilDay.advanceTo(firstDayMs);
  for (let day = 0; day < days; day++) {
    const { total, bad, knownHours } = untilDay;
    const dayMs = firstDayMs + day * DAY_MS;
    const dayEndMs = Math.min(dayMs + DAY_MS, history.asOfMs);
    untilDay.advanceTo(dayEndMs);
    if (untilDay.knownHours > knownHours) {
      requests[day] = untilDay.total - total;
      badRequests[day] = untilDay.bad - bad;
    }
    const fromMs = dayEndMs - windowMs;
    untilWindow.advanceTo(fromMs);
    if (fromMs >= firstKnownMs) {
      const known = untilDay.knownHours - untilWindow.knownHours;
      rollingRatio[day] =
        judgedRatioOf({
          total: untilDay.total - untilWindow.total,
          bad: untilDay.bad - untilWindow.bad,
          knownHours: known,
          completeness: known / (windowMs / HOUR_MS),
        }) ?? NaN;
    }
  }
  return { firstDayMs, requests, badRequests, rollingRatio };
}
