import { endOf, seriesOf } from '../__testUtils__/series';
import { DAY_MS, historyAsOf, type CountSeries } from '../sli';
import { attainmentOf, quantileOf } from './attainment';
import { blockShape, blocksOf } from './blocks';
import { predictUnavailability } from './predictUnavailability';

const historyOf = (series: CountSeries) => historyAsOf(series, endOf(series));
const median = (samples: Float64Array) => quantileOf(samples, 0.5);

describe('blockShape', () => {
  it.each<[string, number, number, number, number]>([
    ['2 days, of 90 days for a window of 28', 90, 28, 24, 48],
    ['6 days, of 400 days for a window of 90', 400, 90, 24, 6 * 24],
    ['1 day, of 14 days for a window of 28', 14, 28, 24, 24],
    ['1 day, of 90 days for a window of 1', 90, 1, 24, 24],
    ['6 hours, of 1 day for a window of 1', 1, 1, 1, 6],
  ])('is %s', (_, days, windowDays, stepHours, lengthHours) => {
    const history = historyOf(seriesOf(days * 24, () => [1, 0]));
    const shape = blockShape(history, windowDays * DAY_MS);
    expect(shape).toEqual({
      stepHours,
      lengthHours,
      steps: (days * 24) / stepHours,
    });
  });
});

describe('blocksOf', () => {
  it('closes the history to a ring and leaves out what is unknown', () => {
    const history = historyOf(
      seriesOf(4, hour => (hour === 1 ? undefined : [10 + hour, hour])),
    );
    const shape = { stepHours: 1, lengthHours: 2, steps: 4 };
    const { good, bad, knownHours } = blocksOf(history, shape);
    expect([...good]).toEqual([10, 10, 20, 20]);
    expect([...bad]).toEqual([0, 2, 5, 3]);
    expect([...knownHours]).toEqual([1, 1, 2, 2]);
  });
});

describe('predictUnavailability', () => {
  it('predicts what always was', () => {
    const history = historyOf(seriesOf(90 * 24, () => [100_000, 100]));
    const samples = predictUnavailability(history, { windowMs: 28 * DAY_MS });
    expect(samples).toHaveLength(2_000);
    expect(median(samples)).toBeCloseTo(0.001, 6);
    expect(samples[0]).toBeGreaterThanOrEqual(0.001);
  });

  it('predicts 0 and failures too rare to have been seen where none was', () => {
    const history = historyOf(seriesOf(28 * 24, () => [1, 0]));
    const samples = predictUnavailability(history, { windowMs: 28 * DAY_MS });
    // As many requests to come as were seen: no failure in half of the windows, n/(n + m).
    expect(attainmentOf(samples, 1 - 1e-9)).toBeCloseTo(0.5, 1);
    // 1 failure in 672 keeps 99.8 %: 1 − (m/(n + m))² = 3/4.
    expect(attainmentOf(samples, 0.998)).toBeCloseTo(0.75, 1);
    expect(attainmentOf(samples, 0.98)).toBeGreaterThan(0.99);
  });

  it('follows the rule of three where the window is long against the history', () => {
    const history = historyOf(seriesOf(24, () => [100, 0]));
    const samples = predictUnavailability(history, { windowMs: 90 * DAY_MS });
    expect(attainmentOf(samples, 1 - 3 / 2_400)).toBeCloseTo(0.95, 1);
  });

  it('weighs ratios by requests', () => {
    const history = historyOf(
      seriesOf(90 * 24, hour => (hour % 24 < 12 ? [10, 5] : [1_990, 0])),
    );
    const samples = predictUnavailability(history, { windowMs: 28 * DAY_MS });
    expect(median(samples)).toBeCloseTo(5 / 2_000, 4);
  });

  it('leaves unknown hours out instead of taking them for good or bad', () => {
    const known = historyOf(seriesOf(28 * 24, () => [1_000, 10]));
    const gaps = historyOf(
      seriesOf(28 * 24, hour => (hour % 3 === 1 ? undefined : [1_000, 10])),
    );
    const windowMs = 7 * DAY_MS;
    expect(median(predictUnavailability(gaps, { windowMs }))).toBeCloseTo(
      median(predictUnavailability(known, { windowMs })) ?? NaN,
      4,
    );
  });

  it('is wider the shorter the history', () => {
    const windowMs = 28 * DAY_MS;
    const spreadOf = (days: number) => {
      const series = seriesOf(days * 24, hour => [
        10_000,
        Math.floor(hour / 24) % 7 === 3 ? 100 : 5,
      ]);
      const samples = predictUnavailability(historyOf(series), { windowMs });
      return (quantileOf(samples, 0.95) ?? NaN) - (median(samples) ?? NaN);
    };
    const spreads = [14, 28, 90, 364].map(spreadOf);
    expect(spreads).toEqual([...spreads].sort((a, b) => b - a));
  });

  it('has no samples where nothing is known or no request was made', () => {
    const windowMs = DAY_MS;
    const unknown = historyOf(seriesOf(48, () => undefined));
    const idle = historyOf(seriesOf(48, () => [0, 0]));
    expect(predictUnavailability(unknown, { windowMs })).toHaveLength(0);
    expect(predictUnavailability(idle, { windowMs })).toHaveLength(0);
    expect(quantileOf(new Float64Array(0), 0.9)).toBeNull();
    expect(attainmentOf(new Float64Array(0), 0.9)).toBe(0.5);
  });

  it('refuses a number of replicates that is none', () => {
    const history = historyOf(seriesOf(48, () => [1, 0]));
    expect(() =>
      predictUnavailability(history, { windowMs: DAY_MS, replicates: 0 }),
    ).toThrow('pass a positive whole number');
  });
});

describe('quantileOf', () => {
  const samples = Float64Array.of(1, 2, 3, 4);
  it.each<[number, number]>([
    [0, 1],
    [0.25, 1],
    [0.26, 2],
    [0.75, 3],
    [1, 4],
  ])('the %d quantile of 1, 2, 3, 4 is %d', (probability, value) => {
    expect(quantileOf(samples, probability)).toBe(value);
  });
});
