import { HOUR_MS, type CountSeries } from '../sli';

/** Monday, 1 May 2023, 00:00 UTC: where the series of the tests start. */
export const START_MS = Date.UTC(2023, 4, 1);

/** A series from START_MS on, whose counts of hour i are `[total, bad]`; undefined where unknown. */
export function seriesOf(
  hours: number,
  countsOf: (hour: number) => [total: number, bad: number] | undefined,
): CountSeries {
  const total = new Float64Array(hours).fill(NaN);
  const bad = new Float64Array(hours).fill(NaN);
  for (let hour = 0; hour < hours; hour++) {
    const counts = countsOf(hour);
    if (counts) {
      [total[hour], bad[hour]] = counts;
    }
  }
  return { startMs: START_MS, total, bad };
}

/** The instant at which the series ends. */
export function endOf(series: CountSeries): number {
  return series.startMs + series.total.length * HOUR_MS;
}

/** The series with other counts in each hour, known or not. */
export function withCounts(
  series: CountSeries,
  countsOf: (
    total: number,
    bad: number,
    hour: number,
  ) => [total: number, bad: number],
): CountSeries {
  const changed = {
    startMs: series.startMs,
    total: series.total.slice(),
    bad: series.bad.slice(),
  };
  for (let hour = 0; hour < series.total.length; hour++) {
    [changed.total[hour], changed.bad[hour]] = countsOf(
      series.total[hour],
      series.bad[hour],
      hour,
    );
  }
  return changed;
}
