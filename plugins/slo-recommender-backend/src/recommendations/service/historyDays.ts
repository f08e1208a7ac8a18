import type { HistoryPoint } from 'backstage-plugin-slo-recommender-common';
import {
  type CountSeries,
  dailyHistory,
  historyAsOf,
} from 'backstage-plugin-slo-recommender-engine';
import { DAY_MS, dayText, HOUR_MS } from '../../kernel/time/hours';

/** Days of an SLO's history, as numbers: an analysis holds those of a whole fleet in memory. */
export interface HistoryDays {
  /** 00:00 UTC of the first day. */
  firstDayMs: number;
  /** Requests, bad requests and rolling ratio of each day in turn; NaN if unknown. */
  values: Float64Array;
}

const VALUES_PER_DAY = 3;

/** The days from the first one with requests on, up to the end of the series; undefined for an empty series. */
export function historyDays(
  series: CountSeries,
  {
    windowMs,
    lookbackMs = Infinity,
  }: { windowMs: number; lookbackMs?: number },
): HistoryDays | undefined {
  const hours = series.total.length;
  if (hours === 0) return undefined;
  const left = Math.max(0, hours - Math.max(lookbackMs, windowMs) / HOUR_MS);
  const shown = {
    startMs: series.startMs + left * HOUR_MS,
    total: series.total.subarray(left),
    bad: series.bad.subarray(left),
  };
  const endMs = series.startMs + hours * HOUR_MS;
  const days = dailyHistory(historyAsOf(shown, endMs), windowMs);
  const firstBusy = days.findIndex(({ requests }) => (requests ?? 0) > 0);
  const busy = days.slice(firstBusy === -1 ? days.length : firstBusy);
  const values = new Float64Array(busy.length * VALUES_PER_DAY);
  busy.forEach(({ requests, badRequests, rollingRatio }, day) =>
    values.set(
      [requests ?? NaN, badRequests ?? NaN, rollingRatio ?? NaN],
      day * VALUES_PER_DAY,
    ),
  );
  return { firstDayMs: busy[0]?.dayMs ?? endMs, values };
}

/** The same days as the API has them. */
export function historyPoints({
  firstDayMs,
  values,
}: HistoryDays): HistoryPoint[] {
  const valueAt = (index: number) =>
    Number.isNaN(values[index]) ? null : values[index];
  return Array.from({ length: values.length / VALUES_PER_DAY }, (_, day) => ({
    day: dayText(firstDayMs + day * DAY_MS),
    requests: valueAt(day * VALUES_PER_DAY),
    badRequests: valueAt(day * VALUES_PER_DAY + 1),
    rollingRatio: valueAt(day * VALUES_PER_DAY + 2),
  }));
}
