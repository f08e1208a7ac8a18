import { endOf, seriesOf, START_MS } from '../__testUtils__/series';
import { DAY_MS, OBJECTIVE_LADDER, type CountSeries } from '../sli';
import { recommendAvailability } from './recommendAvailability';
import type { SliRecommendation } from './recommendSli';

const windowMs = 28 * DAY_MS;
const recommend = (series: CountSeries, promisedObjective?: number) =>
  recommendAvailability({
    series,
    asOfMs: endOf(series),
    windowMs,
    promisedObjective,
  });

const rungsOf = ({ curve }: SliRecommendation) =>
  curve.filter(({ rung }) => rung);

/** 0.02 % fail, and 2 % for 6 hours on every 20th day. */
const shop = seriesOf(90 * 24, hour => [
  10_000,
  hour % 480 >= 100 && hour % 480 < 106 ? 200 : 2,
]);

describe('recommendAvailability', () => {
  it('recommends what the next window will probably keep', () => {
    const result = recommend(shop, 0.9995);
    expect(result.verdict).toBe('ok');
    expect(result.reasons).toEqual([]);
    expect(result.requests).toBe(6_720_000);
    expect(result.completeness).toBe(1);
    expect(result.historyDays).toBe(90);
    expect(result.curve).toHaveLength(45);
    expect(rungsOf(result).map(({ objective }) => objective)).toEqual(
      OBJECTIVE_LADDER,
    );
    expect(result.tiers.conservative?.objective).toBe(0.99);
    expect(result.tiers.balanced?.objective).toBe(0.998);
    expect(result.tiers.aggressive?.objective).toBe(0.999);
    expect(result.tiers.balanced?.budgetRequests).toBeCloseTo(13_440, 6);
  });

  it('says where the next windows will probably lie, and what it knows that from', () => {
    const { predicted, level, calibration, backtest } = recommend(shop);
    // a window holds 0 to 4 of the incidents, each 0.018 % of its requests, beside the 0.02 %
    expect(predicted?.median).toBeGreaterThan(0.0002 + 0.00017);
    expect(predicted?.median).toBeLessThan(0.0002 + 3 * 0.00018);
    expect(predicted?.p75).toBeGreaterThan(predicted?.median ?? NaN);
    expect(predicted?.p90).toBeLessThan(0.002);
    expect(predicted?.p99).toBeLessThan(0.01);
    expect(level).toBe('conjecture');
    expect(calibration).toEqual({
      state: 'uncalibrated',
      stratum: {
        requests: { from: 1e6, to: 1e8 },
        historyDays: { from: 56, to: null },
      },
      windows: 0,
      services: 0,
      coverage: [],
    });
    expect(backtest).toHaveLength(7);
  });

  it('gives the same curve on every machine', () => {
    const tenThousandths = rungsOf(recommend(shop)).map(({ attainment }) =>
      Math.round(attainment * 10_000),
    );
    expect(tenThousandths).toEqual([
      9989, 9982, 9959, 9919, 9839, 9497, 8322, 4178, 1300, 50, 25, 5,
    ]);
  });

  it('tells the probability of the promise, on the ladder or between', () => {
    const onRung = recommend(shop, 0.9995);
    const rung = onRung.curve.find(({ objective }) => objective === 0.9995);
    expect(onRung.promised?.attainment).toBe(rung?.attainment);
    const between = recommend(shop, 0.9997).promised?.attainment;
    expect(between).toBeLessThan(rung?.attainment ?? NaN);
    expect(between).toBeGreaterThan(
      onRung.curve.find(({ objective }) => objective === 0.9998)?.attainment ??
        NaN,
    );
  });

  it('sums first and divides last', () => {
    const series = seriesOf(28 * 24, hour =>
      hour % 2 === 0 ? [1, 1] : [999, 0],
    );
    expect(recommend(series).achieved).toBeCloseTo(0.999, 12);
  });

  it('works on 24 hours for a window of 1 day', () => {
    const series = seriesOf(24, hour => [1_000, hour === 7 ? 10 : 1]);
    const result = recommendAvailability({
      series,
      asOfMs: endOf(series),
      windowMs: DAY_MS,
    });
    expect(result.verdict).toBe('ok');
    expect(result.achieved).toBeCloseTo(1 - 33 / 24_000, 12);
    expect(result.tiers.balanced?.objective).toBe(0.99);
  });

  it('abstains where too little is known, and reports what was seen', () => {
    const result = recommend(
      seriesOf(3 * 24, () => [100, 1]),
      0.999,
    );
    expect(result).toMatchObject({
      verdict: 'insufficient',
      achieved: 0.99,
      requests: 7_200,
      promised: { objective: 0.999, attainment: null },
      expectedRequests: null,
      curve: [],
      tiers: { conservative: null, balanced: null, aggressive: null },
      predicted: null,
      level: null,
      confidence: null,
      calibration: null,
      historyDays: 3,
    });
  });

  it('reports no ratio of an SLI stuck at 0', () => {
    const result = recommend(seriesOf(28 * 24, () => [100, 100]));
    expect(result).toMatchObject({
      verdict: 'invalid',
      achieved: null,
      requests: 67_200,
      curve: [],
    });
  });

  it('reports no sum of counts that cannot be', () => {
    const result = recommend(seriesOf(28 * 24, () => [100, -5]));
    expect(result).toMatchObject({
      verdict: 'invalid',
      achieved: null,
      requests: null,
    });
  });

  it('keeps idle apart from unknown', () => {
    const idle = recommend(seriesOf(28 * 24, () => [0, 0]));
    expect(idle).toMatchObject({ achieved: null, requests: 0 });
    const unknown = recommend(seriesOf(28 * 24, () => undefined));
    expect(unknown).toMatchObject({
      achieved: null,
      requests: null,
      completeness: 0,
      historyDays: 0,
    });
  });

  it('offers no rung that so few requests do not support', () => {
    const result = recommend(seriesOf(28 * 24, () => [1, 0]));
    // 672 requests without a failure: 3/672 = 0.45 %.
    expect(
      rungsOf(result)
        .filter(({ supported }) => supported)
        .pop()?.objective,
    ).toBe(0.995);
    expect(result.tiers.aggressive?.objective).toBe(0.995);
  });

  it('does not warn against promising where only the conservative tier is missing', () => {
    const burst = (hour: number) => (hour % 24 === 0 ? 0.9 : 0);
    const series = seriesOf(28 * 24, hour => [
      1_000,
      hour < 72 ? 1_000 * burst(hour) : 0,
    ]);
    const { reasons, tiers } = recommend(series);
    expect(tiers.balanced).not.toBeNull();
    for (const reason of reasons) {
      expect(reason).not.toMatchObject({ missing: { length: 3 } });
    }
  });

  it('says why there is no tier where even 90 % is too much', () => {
    const series = seriesOf(28 * 24, () => [1_000, 200]);
    const { verdict, reasons, tiers } = recommend(series);
    expect(verdict).toBe('ok');
    expect(tiers.aggressive).toBeNull();
    expect(reasons).toEqual([
      {
        code: 'below_ladder',
        objective: 0.9,
        attainment: expect.closeTo(0.005, 3),
        missing: ['conservative', 'balanced', 'aggressive'],
        neededAttainment: 0.75,
      },
    ]);
  });

  it('says why there is no tier where too few requests succeeded', () => {
    const series = seriesOf(28 * 24, hour => [
      hour % 24 === 0 ? 2 : 0,
      hour % 48 === 0 ? 2 : 0,
    ]);
    const { reasons } = recommend(series);
    expect(reasons.map(({ code }) => code)).toEqual(['few_good_requests']);
  });

  it('keeps the tiers of degraded telemetry, with the notice', () => {
    const notice = {
      code: 'reported' as const,
      report: { code: 'partial_telemetry', message: 'One shard is down.' },
    };
    const result = recommendAvailability({
      series: shop,
      asOfMs: endOf(shop),
      windowMs,
      notices: [notice],
    });
    expect(result.verdict).toBe('degraded');
    expect(result.reasons).toEqual([notice]);
    expect(result.tiers).toEqual(recommend(shop).tiers);
  });

  it('has a caveat if unknown outcomes alone could spend the budget of the recommended objective', () => {
    const withUnknown = (perHour: number) =>
      recommend({ ...shop, unknown: shop.total.map(() => perHour) });
    // 0.15 % and 0.3 % of the requests, for an objective of 99.8 %
    const within = withUnknown(15);
    expect(within.tiers.balanced?.objective).toBe(0.998);
    expect(within).toMatchObject({ verdict: 'ok', reasons: [] });
    const beyond = withUnknown(30);
    expect(beyond.tiers).toEqual(within.tiers);
    expect(beyond).toMatchObject({
      verdict: 'degraded',
      reasons: [{ code: 'unknown_outcomes', requests: 30 * 672 }],
    });
    expect(withUnknown(500).reasons).toHaveLength(1);
  });

  it('recommends nothing where the counts are not to be believed', () => {
    const defect = {
      code: 'reported' as const,
      report: {
        code: 'sampling_bias',
        message: 'Failed requests are sampled more often.',
      },
    };
    const result = recommendAvailability({
      series: shop,
      asOfMs: endOf(shop),
      windowMs,
      defects: [defect],
    });
    expect(result).toMatchObject({
      verdict: 'invalid',
      reasons: [defect],
      achieved: null,
      curve: [],
      tiers: { conservative: null, balanced: null, aggressive: null },
    });
  });

  it('sets budgets of the traffic that it expects', () => {
    const series = seriesOf(56 * 24, hour => [
      hour < 28 * 24 ? 10_000 : 20_000,
      1,
    ]);
    const { expectedRequests, tiers } = recommend(series);
    expect(expectedRequests).toBeCloseTo(20_000 * 672, 3);
    expect(tiers.balanced?.budgetRequests).toBeCloseTo(
      (1 - (tiers.balanced?.objective ?? NaN)) * 20_000 * 672,
      3,
    );
  });

  it('refuses a promise that is no fraction', () => {
    expect(() => recommend(shop, 99.9)).toThrow(
      'promisedObjective is 99.9; pass a fraction above 0 and below 1',
    );
  });

  it('refuses a window of no whole days', () => {
    expect(() =>
      recommendAvailability({
        series: shop,
        asOfMs: START_MS,
        windowMs: 1_000,
      }),
    ).toThrow('windowMs is 1000');
  });
});
