import { endOf, seriesOf, withCounts } from '../__testUtils__/series';
import { DAY_MS, historyAsOf, HOUR_MS, type CountSeries } from '../sli';
import { QUANTILE_LEVELS, replay, replayStepMs } from './replay';

const replayOf = (series: CountSeries, windowDays: number) =>
  replay(historyAsOf(series, endOf(series)), {
    windowMs: windowDays * DAY_MS,
  });

/** 90 days; some fail every hour, and more every third day. */
const shop = seriesOf(90 * 24, hour => [
  1_000 + (hour % 24) * 10,
  Math.floor(hour / 24) % 3 === 0 ? 7 : 1,
]);

describe('replay', () => {
  it('looks back on windows a quarter of a window apart, down to two weeks of history', () => {
    const past = replayOf(shop, 28);
    expect(past.map(({ historyDays }) => historyDays)).toEqual([
      20, 27, 34, 41, 48, 55, 62,
    ]);
    expect(past[6].toMs).toBe(endOf(shop));
    for (const { originMs, toMs } of past) {
      expect(toMs - originMs).toBe(28 * DAY_MS);
    }
  });

  it.each<[number, number, number]>([
    [1, 12, 1],
    [7, 12, 1],
    [14, 12, 3],
    [28, 7, 7],
    [30, 7, 7],
    [60, 1, 15],
    [90, 0, 22],
  ])(
    'with a window of %d days it finds %d in 90 days, %d days apart',
    (windowDays, count, stepDays) => {
      expect(replayOf(shop, windowDays)).toHaveLength(count);
      expect(replayStepMs(windowDays * DAY_MS)).toBe(stepDays * DAY_MS);
    },
  );

  it('counts what came', () => {
    const [first] = replayOf(shop, 28);
    const from = (first.originMs - shop.startMs) / HOUR_MS;
    const sumOf = (counts: Float64Array, end: number, start = 0) =>
      counts.slice(start, end).reduce((sum, count) => sum + count, 0);
    expect(first.requests).toBe(sumOf(shop.total, from + 672, from));
    expect(first.bad).toBe(sumOf(shop.bad, from + 672, from));
    expect(first.goodRequests).toBe(
      sumOf(shop.total, from) - sumOf(shop.bad, from),
    );
    expect(first.usualRequests).toBeCloseTo(
      (sumOf(shop.total, from) / from) * 672,
      6,
    );
  });

  it('knows nothing from the future: what came later changes no prediction', () => {
    const past = replayOf(shop, 28);
    for (const [i, { originMs }] of past.entries()) {
      const origin = (originMs - shop.startMs) / HOUR_MS;
      const otherwise = withCounts(shop, (total, bad, hour) =>
        hour < origin ? [total, bad] : [total * 3 + 5, total],
      );
      const same = replayOf(otherwise, 28)[i];
      expect({
        ...same,
        requests: past[i].requests,
        bad: past[i].bad,
        pit: past[i].pit,
      }).toEqual(past[i]);
      expect(same.bad).toBeGreaterThan(past[i].bad);
      expect(same.pit).toBeGreaterThan(past[i].pit);
    }
  });

  it('is the same, bit for bit, each time', () => {
    expect(JSON.stringify(replayOf(shop, 28))).toBe(
      JSON.stringify(replayOf(shop, 28)),
    );
  });

  it('predicts in order: quantiles rise and attainments fall', () => {
    for (const { quantiles, attainments, pit } of replayOf(shop, 7)) {
      expect(quantiles).toHaveLength(QUANTILE_LEVELS.length);
      expect(quantiles).toEqual(quantiles.toSorted((a, b) => a - b));
      expect(attainments).toEqual(attainments.toSorted((a, b) => b - a));
      expect(pit).toBeGreaterThanOrEqual(0);
      expect(pit).toBeLessThan(1);
    }
  });

  it('puts what always comes in the middle, and an outage never seen at the end', () => {
    const outage = withCounts(shop, (total, bad, hour) => [
      total,
      hour >= 89 * 24 ? total : bad,
    ]);
    const steady = replayOf(shop, 28)[6];
    expect(steady.pit).toBeGreaterThan(0.1);
    expect(steady.pit).toBeLessThan(0.9);
    expect(replayOf(outage, 28)[6].pit).toBeGreaterThan(0.98);
  });

  it('leaves out windows of which less than half is known, and those without requests', () => {
    const gap = withCounts(shop, (total, bad, hour) =>
      hour >= 74 * 24 && hour < 89 * 24 ? [NaN, NaN] : [total, bad],
    );
    // the newest window lacks 15 of its 28 days
    expect(replayOf(gap, 28).map(({ historyDays }) => historyDays)).toEqual([
      20, 27, 34, 41, 48, 55,
    ]);
    const idle = withCounts(shop, (total, bad, hour) =>
      hour >= 62 * 24 ? [0, 0] : [total, bad],
    );
    expect(replayOf(idle, 28)).toHaveLength(6);
  });

  it('begins where less than a week is known', () => {
    const young = seriesOf(5 * 24, () => [100, 1]);
    expect(replayOf(young, 1).map(({ historyDays }) => historyDays)).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it.each<[string, CountSeries]>([
    ['nothing is known', seriesOf(1_000, () => undefined)],
    ['too little is known', seriesOf(28 * 24, () => [100, 1])],
    ['there is no hour', seriesOf(0, () => undefined)],
  ])('finds no window where %s', (_, series) => {
    expect(replayOf(series, 28)).toEqual([]);
  });

  it('finds none as of an instant before the series began', () => {
    const history = historyAsOf(shop, shop.startMs - 1_000 * HOUR_MS);
    expect(replay(history, { windowMs: DAY_MS })).toEqual([]);
  });
});
