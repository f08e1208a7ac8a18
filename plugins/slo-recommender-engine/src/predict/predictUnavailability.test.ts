import { endOf, seriesOf } from '../__testUtils__/series';
import { DAY_MS, historyAsOf, type CountSeries } from '../sli';
import {
  LEVELS,
  probabilityWithin,
  quantileOf,
  type Distribution,
} from './distribution';
import { predictUnavailability } from './predictUnavailability';

/** Prediction of the next window, in days, from all that the series has. */
const predict = (series: CountSeries, windowDays: number): Distribution => {
  const distribution = predictUnavailability(
    historyAsOf(series, endOf(series)),
    { windowMs: windowDays * DAY_MS },
  );
  if (!distribution) {
    throw new Error('nothing was predicted');
  }
  return distribution;
};

const median = (distribution: Distribution) => quantileOf(distribution, 0.5);

describe('predictUnavailability', () => {
  it('predicts what always was', () => {
    const distribution = predict(
      seriesOf(90 * 24, () => [100_000, 100]),
      28,
    );
    expect(distribution).toHaveLength(LEVELS.length);
    expect(median(distribution)).toBeCloseTo(0.001, 6);
    expect(distribution[0]).toBeGreaterThanOrEqual(0.001);
  });

  it('predicts 0 and failures too rare to have been seen where none was', () => {
    const distribution = predict(
      seriesOf(28 * 24, () => [1, 0]),
      28,
    );
    // As many requests to come as were seen: no failure in half of the windows, n/(n + m).
    expect(probabilityWithin(distribution, 1e-9)).toBeCloseTo(0.5, 1);
    // 1 failure in 672 keeps 99.8 %: 1 − (m/(n + m))² = 3/4.
    expect(probabilityWithin(distribution, 0.002)).toBeCloseTo(0.75, 1);
    expect(probabilityWithin(distribution, 0.02)).toBeGreaterThan(0.99);
  });

  it('follows the rule of three where the window is long against the history', () => {
    const distribution = predict(
      seriesOf(24, () => [100, 0]),
      90,
    );
    expect(probabilityWithin(distribution, 3 / 2_400)).toBeCloseTo(0.95, 1);
  });

  it('weighs ratios by requests', () => {
    const series = seriesOf(90 * 24, hour =>
      hour % 24 < 12 ? [10, 5] : [1_990, 0],
    );
    expect(median(predict(series, 28))).toBeCloseTo(5 / 2_000, 4);
  });

  it('leaves unknown hours out instead of taking them for good or bad', () => {
    const known = seriesOf(28 * 24, () => [1_000, 10]);
    const gaps = seriesOf(28 * 24, hour =>
      hour % 3 === 1 ? undefined : [1_000, 10],
    );
    expect(median(predict(gaps, 7))).toBeCloseTo(median(predict(known, 7)), 4);
  });

  it('is wider the shorter the history', () => {
    const spreadOf = (days: number) => {
      const distribution = predict(
        seriesOf(days * 24, hour => [
          10_000,
          Math.floor(hour / 24) % 7 === 3 ? 100 : 5,
        ]),
        28,
      );
      return quantileOf(distribution, 0.95) - median(distribution);
    };
    const spreads = [14, 28, 90, 364].map(spreadOf);
    expect(spreads).toEqual([...spreads].sort((a, b) => b - a));
  });

  it('expects worse than was seen with the probability m/(n + m), and twice as bad in half of that', () => {
    // 84 days of no failure but one outage an hour long: a window is a third of what was seen
    const series = seriesOf(84 * 24, hour => [
      1_000_000,
      hour === 1_000 ? 1_000_000 : 0,
    ]);
    const distribution = predict(series, 28);
    const oneOutage = 1 / 672;
    // none of 28 blocks is the outage, nor worse: the Pólya urn holds 83 balls of 85 for that
    let none = 1;
    for (let drawn = 0; drawn < 28; drawn++) {
      none *= (83 + drawn) / (85 + drawn);
    }
    expect(probabilityWithin(distribution, oneOutage / 10)).toBeCloseTo(
      none,
      1,
    );
    expect(probabilityWithin(distribution, 20 * oneOutage)).toBeGreaterThan(
      0.98,
    );
    expect(probabilityWithin(distribution, 20 * oneOutage)).toBeLessThan(0.999);
  });

  it('says nothing where nothing is known or no request was made', () => {
    const predictionOf = (series: CountSeries) =>
      predictUnavailability(historyAsOf(series, endOf(series)), {
        windowMs: DAY_MS,
      });
    expect(predictionOf(seriesOf(48, () => undefined))).toBeNull();
    expect(predictionOf(seriesOf(48, () => [0, 0]))).toBeNull();
    expect(predictionOf(seriesOf(10 * 24, () => [0, 0]))).toBeNull();
  });

  it('is another for another seed, and little different', () => {
    const series = seriesOf(28 * 24, hour => [1_000, hour % 5]);
    const history = historyAsOf(series, endOf(series));
    const [one, two] = [1, 2].map(seed =>
      predictUnavailability(history, { windowMs: 7 * DAY_MS, seed }),
    );
    expect(one).not.toEqual(two);
    expect(one?.[49]).toBeCloseTo(two?.[49] ?? NaN, 4);
  });

  it('refuses a number of replicates that is none', () => {
    const series = seriesOf(48, () => [1, 0]);
    expect(() =>
      predictUnavailability(historyAsOf(series, endOf(series)), {
        windowMs: DAY_MS,
        replicates: 0,
      }),
    ).toThrow('pass a positive whole number');
  });
});
