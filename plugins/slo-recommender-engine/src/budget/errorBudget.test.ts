import { endOf, seriesOf, START_MS } from '../__testUtils__/series';
import { DAY_MS, HOUR_MS, type CountSeries } from '../sli';
import { errorBudget } from './errorBudget';

const budgetOf = (
  series: CountSeries,
  { objective = 0.999, windowDays = 28, asOfMs = endOf(series) } = {},
) => errorBudget({ series, asOfMs, windowMs: windowDays * DAY_MS, objective });

describe('errorBudget', () => {
  it('sums the window: 28 days of 100 an hour at 99.9 % allow 67.2 failures', () => {
    const series = seriesOf(56 * 24, hour => [100, hour % 20 === 0 ? 1 : 0]);
    const budget = budgetOf(series);
    expect(budget.totalRequests).toBe(67_200);
    expect(budget.badRequests).toBe(34);
    expect(budget.budgetRequests).toBeCloseTo(67.2, 9);
    expect(budget.budgetMinutes).toBeCloseTo(40.32, 9);
    expect(budget.spent).toBeCloseTo(34 / 67.2, 9);
    expect(budget.remaining).toBeCloseTo(1 - 34 / 67.2, 9);
    expect(budget.completeness).toBe(1);
  });

  it('counts a budget spent to the last request as spent, not overspent', () => {
    const series = seriesOf(24, hour => [1_000, hour < 12 ? 1 : 0]);
    const budget = budgetOf(series, { objective: 0.9995, windowDays: 1 });
    expect(budget.spent).toBe(1);
    expect(budget.remaining).toBe(0);
  });

  it('gives burn rates over 1 h, 6 h, 1 d and 3 d', () => {
    const series = seriesOf(28 * 24, hour => [
      1_000,
      hour >= 28 * 24 - 6 ? 10 : 0,
    ]);
    expect(budgetOf(series).burnRates).toEqual([
      { windowMs: HOUR_MS, rate: 10 },
      { windowMs: 6 * HOUR_MS, rate: 10 },
      { windowMs: DAY_MS, rate: 2.5 },
      { windowMs: 3 * DAY_MS, rate: expect.closeTo(10 / 12, 9) },
    ]);
  });

  it('gives no burn rate over more than the window', () => {
    const series = seriesOf(28 * 24, () => [1_000, 1]);
    const { burnRates } = budgetOf(series, { windowDays: 1 });
    expect(burnRates.map(({ windowMs }) => windowMs)).toEqual([
      HOUR_MS,
      6 * HOUR_MS,
      DAY_MS,
    ]);
  });

  it('gives no burn rate of hours that are unknown or idle', () => {
    const unknown = seriesOf(48, hour => (hour < 47 ? [1_000, 1] : undefined));
    expect(budgetOf(unknown).burnRates[0].rate).toBeNull();
    const idle = seriesOf(48, hour => [hour < 47 ? 1_000 : 0, 0]);
    expect(budgetOf(idle).burnRates[0].rate).toBeNull();
  });

  it('foresees when the budget is gone at the pace of the last day', () => {
    // 672 requests may fail; 24 do on the last day, so 648 are left: 27 days.
    const series = seriesOf(28 * 24, hour => [1_000, hour >= 27 * 24 ? 1 : 0]);
    expect(budgetOf(series).exhaustedAtMs).toBe(endOf(series) + 27 * DAY_MS);
  });

  it.each<[string, (hour: number) => [number, number] | undefined]>([
    ['nothing failed in the last day', hour => [1_000, hour < 99 ? 1 : 0]],
    [
      'the last day is unknown',
      hour => (hour < 640 ? [1_000, 0.5] : undefined),
    ],
    ['it lasts for more than a window', hour => [1_000, hour === 671 ? 20 : 0]],
    ['nothing is known', () => undefined],
  ])('foresees no end where %s', (_, countsOf) => {
    const series = seriesOf(28 * 24, countsOf);
    expect(budgetOf(series).exhaustedAtMs).toBeNull();
  });

  it('tells the hour in which a budget went that is gone', () => {
    const series = seriesOf(28 * 24, hour => [1_000, hour < 100 ? 10 : 0]);
    const budget = budgetOf(series);
    expect(budget.remaining).toBeCloseTo(1 - 1_000 / 672, 9);
    expect(budget.exhaustedAtMs).toBe(START_MS + 68 * HOUR_MS);
  });

  it('burns down by day, never up, to what remains', () => {
    const series = seriesOf(28 * 24, hour => [1_000, hour % 48 < 2 ? 10 : 0]);
    const { burnDown, remaining } = budgetOf(series);
    expect(burnDown).toHaveLength(28);
    expect(burnDown[0]).toEqual({
      atMs: START_MS + DAY_MS,
      remaining: expect.closeTo(1 - 20 / 672, 9),
    });
    expect(burnDown[1].remaining).toBe(burnDown[0].remaining);
    expect(burnDown[27]).toEqual({ atMs: endOf(series), remaining });
  });

  it('burns nothing down before the first known hour', () => {
    const series = seriesOf(28 * 24, hour =>
      hour >= 26 * 24 ? [10, 0] : undefined,
    );
    const { burnDown, completeness } = budgetOf(series);
    expect(burnDown.map(({ remaining }) => remaining)).toEqual([
      ...new Array(26).fill(null),
      1,
      1,
    ]);
    expect(completeness).toBeCloseTo(2 / 28, 12);
  });

  it('judges the whole windows before, newest first', () => {
    const series = seriesOf(30 * 24, hour => {
      const day = Math.floor(hour / 24);
      if (day >= 9 && day < 16 && hour % 3 > 0) return undefined;
      return [1_000, day < 9 ? 2 : 1];
    });
    const asOfMs = endOf(series);
    const { pastWindows } = budgetOf(series, { windowDays: 7 });
    expect(pastWindows).toEqual([
      {
        fromMs: asOfMs - 14 * DAY_MS,
        toMs: asOfMs - 7 * DAY_MS,
        ratio: 0.999,
        kept: true,
      },
      {
        fromMs: asOfMs - 21 * DAY_MS,
        toMs: asOfMs - 14 * DAY_MS,
        ratio: null,
        kept: null,
      },
      {
        fromMs: asOfMs - 28 * DAY_MS,
        toMs: asOfMs - 21 * DAY_MS,
        ratio: 0.998,
        kept: false,
      },
    ]);
  });

  it('leaves windows out from before the service was known', () => {
    const series = seriesOf(30 * 24, hour =>
      hour >= 18 * 24 ? [1_000, 0] : undefined,
    );
    expect(budgetOf(series, { windowDays: 7 }).pastWindows).toHaveLength(1);
    expect(budgetOf(series, { windowDays: 10 }).pastWindows).toHaveLength(0);
  });

  it('leaves windows out from after the service was last known', () => {
    const series = seriesOf(14 * 24, () => [1_000, 0]);
    const asOfMs = endOf(series) + 100 * 365 * DAY_MS;
    const { pastWindows } = budgetOf(series, { windowDays: 7, asOfMs });
    // 36,500 days are 5,214 weeks and 2 days, so the windows end 2 days after a week of the series.
    expect(pastWindows.map(({ toMs }) => (toMs - START_MS) / DAY_MS)).toEqual([
      16, 9,
    ]);
  });

  it('knows nothing of a service without telemetry', () => {
    const budget = budgetOf(seriesOf(28 * 24, () => undefined));
    expect(budget).toMatchObject({
      totalRequests: null,
      badRequests: null,
      budgetRequests: null,
      spent: null,
      remaining: null,
      completeness: 0,
      exhaustedAtMs: null,
    });
    expect(budget.budgetMinutes).toBeCloseTo(40.32, 9);
    expect(budget.burnDown.every(({ remaining }) => remaining === null)).toBe(
      true,
    );
  });

  it('leaves the budget of an idle service whole', () => {
    const budget = budgetOf(seriesOf(28 * 24, () => [0, 0]));
    expect(budget).toMatchObject({
      totalRequests: 0,
      budgetRequests: 0,
      spent: 0,
      remaining: 1,
    });
  });

  it('refuses an objective that is no fraction', () => {
    const series = seriesOf(24, () => [1, 0]);
    expect(() => budgetOf(series, { objective: 99.9 })).toThrow(
      'objective is 99.9; pass a fraction above 0 and below 1',
    );
  });
});
