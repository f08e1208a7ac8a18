import { endOf, seriesOf, START_MS } from '../__testUtils__/series';
import { EngineInputError } from './EngineInputError';
import {
  historyAsOf,
  historyCompleteness,
  historyFrom,
  historyHours,
} from './SliHistory';
import { HOUR_MS } from './time';

describe('historyAsOf', () => {
  it('cuts off every hour that was not over at the instant', () => {
    const series = seriesOf(10, hour => [hour, 0]);
    const history = historyAsOf(series, START_MS + 4.5 * HOUR_MS);
    expect([...history.total]).toEqual([0, 1, 2, 3]);
    expect(history.asOfMs).toBe(START_MS + 4 * HOUR_MS);
  });

  it('is empty as of an instant before the series', () => {
    const history = historyAsOf(
      seriesOf(10, () => [1, 0]),
      START_MS - HOUR_MS,
    );
    expect(history.knownHours).toBe(0);
    expect(historyHours(history)).toBe(0);
    expect(historyCompleteness(history)).toBe(0);
  });

  it('leaves the series as it was', () => {
    const series = seriesOf(2, () => [10, 11]);
    historyAsOf(series, endOf(series));
    expect([...series.bad]).toEqual([11, 11]);
  });

  it('takes an hour for known only where both counts are', () => {
    const series = seriesOf(4, hour => [
      hour === 1 ? NaN : 5,
      hour === 2 ? NaN : 1,
    ]);
    const history = historyAsOf(series, endOf(series));
    expect([...history.total]).toEqual([5, NaN, NaN, 5]);
    expect([...history.bad]).toEqual([1, NaN, NaN, 1]);
    expect(history.knownHours).toBe(2);
    expect(historyCompleteness(history)).toBe(0.5);
  });

  it('measures completeness from the first known hour to the instant', () => {
    const series = seriesOf(10, hour =>
      hour >= 2 && hour < 8 ? [1, 0] : undefined,
    );
    const history = historyAsOf(series, endOf(series) + 4 * HOUR_MS);
    expect(historyHours(history)).toBe(12);
    expect(historyCompleteness(history)).toBe(0.5);
  });

  it.each<[string, number, number, number]>([
    ['a request more', 10, 11, 10],
    ['one percent more', 1_000, 1_010, 1_000],
    ['one where none was made', 0, 1, 0],
  ])('takes %s failures than requests for rounding', (_, total, bad, used) => {
    const series = seriesOf(1, () => [total, bad]);
    const history = historyAsOf(series, endOf(series));
    expect(history.faults).toEqual([]);
    expect(history.bad[0]).toBe(used);
  });

  it.each<[string, number, number]>([
    ['bad_exceeds_total', 10, 12],
    ['bad_exceeds_total', 1_000, 1_011],
    ['negative_count', -1, 0],
    ['negative_count', 10, -1],
    ['negative_count', NaN, -1],
    ['not_finite', Infinity, 0],
    ['not_finite', 10, -Infinity],
    ['count_too_large', 2 ** 54, 0],
  ])('reports %s for %d requests with %d failures', (code, total, bad) => {
    const series = seriesOf(3, hour => (hour > 0 ? [total, bad] : [10, 0]));
    const history = historyAsOf(series, endOf(series));
    expect(history.faults).toEqual([
      { code, hours: 2, firstMs: START_MS + HOUR_MS },
    ]);
    expect(history.knownHours).toBe(1);
  });

  it.each<[string, () => unknown]>([
    [
      'series.total has 2 hours and series.bad has 1',
      () =>
        historyAsOf(
          {
            startMs: 0,
            total: new Float64Array(2),
            bad: new Float64Array(1),
          },
          HOUR_MS,
        ),
    ],
    [
      'series.startMs is 1800000, which is not on a full UTC hour',
      () =>
        historyAsOf(
          {
            startMs: HOUR_MS / 2,
            total: new Float64Array(1),
            bad: new Float64Array(1),
          },
          HOUR_MS,
        ),
    ],
    [
      'asOfMs is NaN',
      () =>
        historyAsOf(
          seriesOf(1, () => [1, 0]),
          NaN,
        ),
    ],
    [
      'asOfMs is 8640000000000000',
      () =>
        historyAsOf(
          seriesOf(1, () => [1, 0]),
          8.64e15,
        ),
    ],
  ])('refuses a call where %s', (message, call) => {
    expect(call).toThrow(EngineInputError);
    expect(call).toThrow(message);
  });
});

describe('historyFrom', () => {
  const series = seriesOf(10, hour =>
    hour === 4 || hour === 9 ? undefined : [hour, 0],
  );
  const history = historyAsOf(series, endOf(series) + HOUR_MS);

  it.each<[string, number, number, number, number]>([
    ['the start of a known hour', 2, 6, 2, 9],
    ['within an hour, which is left out', 2.5, 5, 3, 8],
    ['the start of an unknown hour', 4, 4, 5, 6],
    ['before the series', -5, 8, 0, 11],
  ])('begins at %s', (_, fromHour, known, firstRequests, hours) => {
    const since = historyFrom(history, START_MS + fromHour * HOUR_MS);
    expect(since.knownHours).toBe(known);
    expect(since.total[since.firstKnown]).toBe(firstRequests);
    // to the instant of the analysis, an hour after the series
    expect(historyHours(since)).toBe(hours);
  });

  it('is empty after the last known hour', () => {
    const since = historyFrom(history, START_MS + 9 * HOUR_MS);
    expect(since.knownHours).toBe(0);
    expect(historyHours(since)).toBe(0);
    expect(since.endKnown).toBe(0);
  });

  it('leaves the instant of the analysis and the faults as they were', () => {
    const since = historyFrom(history, START_MS + 2 * HOUR_MS);
    expect(since.asOfMs).toBe(history.asOfMs);
    expect(since.faults).toEqual(history.faults);
    expect(since.startMs + since.endKnown * HOUR_MS).toBe(
      history.startMs + history.endKnown * HOUR_MS,
    );
  });
});
