import { seriesOf, START_MS } from '../__testUtils__/series';
import { dailyHistory } from './dailyHistory';
import { type CountSeries, historyAsOf } from './SliHistory';
import { DAY_MS, HOUR_MS } from './time';
import { judgedRatioOf, sumWindow } from './windowSum';

/** 06:00 of a day: days and hours of the series do not begin together. */
const startMs = START_MS + 6 * HOUR_MS;
const windowMs = 7 * DAY_MS;

/** Nothing in the first two days, then 100 requests an hour, with an unknown time among them. */
function lateSeries(days: number): CountSeries {
  const { total, bad } = seriesOf(days * 24, hour => {
    if (hour < 48) return [0, 0];
    return hour >= 240 && hour < 300 ? undefined : [100, hour % 7];
  });
  return { startMs, total, bad };
}

describe('dailyHistory', () => {
  it('has one element per UTC day, with the rolling window that ends with it', () => {
    const series = seriesOf(4 * 24, hour => [
      10,
      Math.floor(hour / 24) === 1 ? 5 : 0,
    ]);
    expect(dailyHistory(series, { windowMs: 2 * DAY_MS })).toEqual({
      firstDayMs: START_MS,
      requests: Float64Array.of(240, 240, 240, 240),
      badRequests: Float64Array.of(0, 120, 0, 0),
      rollingRatio: Float64Array.of(NaN, 0.75, 0.75, 1),
    });
  });

  it('ends the last day with the analysis', () => {
    const { requests, rollingRatio } = dailyHistory(
      seriesOf(4 * 24, () => [10, 1]),
      { windowMs: DAY_MS, asOfMs: START_MS + 30 * HOUR_MS },
    );
    expect(requests).toEqual(Float64Array.of(240, 60));
    expect(rollingRatio[1]).toBe(0.9);
  });

  it('tells an unknown day from an idle one', () => {
    const series = seriesOf(4 * 24, hour => {
      if (hour < 24) return [1, 0];
      return hour >= 48 && hour < 72 ? undefined : [0, 0];
    });
    expect(dailyHistory(series, { windowMs: DAY_MS })).toEqual({
      firstDayMs: START_MS,
      requests: Float64Array.of(24, 0, NaN, 0),
      badRequests: Float64Array.of(0, 0, NaN, 0),
      rollingRatio: Float64Array.of(1, NaN, NaN, NaN),
    });
  });

  it('is empty before the series begins, without hours, and without requests', () => {
    const busy = seriesOf(24, () => [1, 0]);
    const early = { windowMs, asOfMs: START_MS - 10 * DAY_MS };
    expect(dailyHistory(busy, early).requests).toHaveLength(0);
    for (const hours of [0, 48]) {
      const quiet = seriesOf(hours, () => [0, 0]);
      expect(dailyHistory(quiet, { windowMs }).requests).toHaveLength(0);
    }
  });

  it('sums to the bit what each day and each window hold, from the first busy day on', () => {
    const series = lateSeries(30);
    const endMs = startMs + 30 * DAY_MS;
    const history = historyAsOf(series, endMs);
    const days = dailyHistory(series, { windowMs });
    expect(days.firstDayMs).toBe(START_MS + 2 * DAY_MS);
    expect(days.requests).toHaveLength(29);
    days.requests.forEach((requests, day) => {
      const dayMs = days.firstDayMs + day * DAY_MS;
      const dayEndMs = Math.min(dayMs + DAY_MS, endMs);
      const sum = sumWindow(history, dayMs, dayEndMs);
      expect(requests).toBe(sum.knownHours > 0 ? sum.total : NaN);
      expect(days.badRequests[day]).toBe(sum.knownHours > 0 ? sum.bad : NaN);
      const fromMs = dayEndMs - windowMs;
      expect(days.rollingRatio[day]).toBe(
        fromMs < startMs
          ? NaN
          : (judgedRatioOf(sumWindow(history, fromMs, dayEndMs)) ?? NaN),
      );
    });
    expect(days.requests.some(Number.isNaN)).toBe(true);
  });

  it.each([
    ['the time looked back', 20 * DAY_MS],
    ['the window if that is longer', DAY_MS],
  ])('goes back by %s', (_, lookbackMs) => {
    const left = (30 * DAY_MS - Math.max(lookbackMs, windowMs)) / HOUR_MS;
    const { total, bad } = lateSeries(30);
    expect(
      dailyHistory({ startMs, total, bad }, { windowMs, lookbackMs }),
    ).toEqual(
      dailyHistory(
        {
          startMs: startMs + left * HOUR_MS,
          total: total.slice(left),
          bad: bad.slice(left),
        },
        { windowMs },
      ),
    );
  });
});
