import {
  dailyHistory,
  historyAsOf,
} from 'backstage-plugin-slo-recommender-engine';
import { DAY_MS, HOUR_MS } from '../../kernel/time/hours';
import { historyDays, historyPoints } from './historyDays';

const startMs = Date.UTC(2026, 2, 1, 6);
const windowMs = 7 * DAY_MS;

/** Nothing in the first two days, then 100 requests an hour, with an unknown day among them. */
function seriesOf(days: number) {
  const total = Float64Array.from({ length: days * 24 }, (_, hour) => {
    if (hour < 48) return 0;
    return hour >= 240 && hour < 300 ? NaN : 100;
  });
  return {
    startMs,
    total,
    bad: total.map((all, i) => (all > 0 ? i % 7 : all)),
  };
}

const pointsOf = (...args: Parameters<typeof historyDays>) => {
  const days = historyDays(...args);
  return days && historyPoints(days);
};

describe('historyDays', () => {
  it('keeps the days of the engine to the bit, from the first busy one on', () => {
    const series = seriesOf(30);
    const endMs = startMs + 30 * DAY_MS;
    const expected = dailyHistory(historyAsOf(series, endMs), windowMs)
      .slice(2)
      .map(({ dayMs, ...values }) => ({
        day: new Date(dayMs).toISOString().slice(0, 10),
        ...values,
      }));
    expect(pointsOf(series, { windowMs })).toEqual(expected);
    expect(expected[0].day).toBe('2026-03-03');
    expect(expected.some(({ requests }) => requests === null)).toBe(true);
  });

  it.each([
    ['the time looked back', 20 * DAY_MS],
    ['the window if that is longer', DAY_MS],
  ])('goes back by %s', (_, lookbackMs) => {
    const shownMs = Math.max(lookbackMs, windowMs);
    const whole = seriesOf(30);
    const left = (30 * DAY_MS - shownMs) / HOUR_MS;
    expect(pointsOf(whole, { windowMs, lookbackMs })).toEqual(
      pointsOf(
        {
          startMs: startMs + left * HOUR_MS,
          total: whole.total.slice(left),
          bad: whole.bad.slice(left),
        },
        { windowMs },
      ),
    );
  });

  it('has no days without requests, and is nothing without hours', () => {
    const quiet = { startMs, total: new Float64Array(48) };
    expect(pointsOf({ ...quiet, bad: quiet.total }, { windowMs })).toEqual([]);
    const none = new Float64Array();
    expect(pointsOf({ startMs, total: none, bad: none }, { windowMs })).toBe(
      undefined,
    );
  });
});
