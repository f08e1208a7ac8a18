import { DAY_MS } from 'backstage-plugin-slo-recommender-engine';
import { dayBootstrap } from './dayBootstrap';
import type { Method } from './Method';
import { dailyPercentile, flooredMean, lastAchieved } from './pointMethods';
import { rollingWindows } from './rollingWindows';
import { wilsonBound } from './wilsonBound';

const START_MS = Date.UTC(2025, 0, 6);

/** What a method says of a service whose days have the counts given, 12 h with requests in each; null: abstains. */
function quantileOf(
  method: Method,
  days: readonly [total: number, bad: number][],
  probability: number,
  windowDays = 28,
): number | null {
  const total = new Float64Array(24 * days.length);
  const bad = new Float64Array(24 * days.length);
  days.forEach((counts, day) => {
    for (let hour = 6; hour < 18; hour++) {
      total[24 * day + hour] = counts[0] / 12;
      bad[24 * day + hour] = counts[1] / 12;
    }
  });
  const [forecast] = method.forecast([
    {
      series: { startMs: START_MS, total, bad },
      asOfMs: START_MS + days.length * DAY_MS,
      windowMs: windowDays * DAY_MS,
    },
  ]);
  return forecast && forecast.quantile(probability);
}

/** Days of 1,200 requests of which as many failed as the day's number. */
const daysTo = (last: number) =>
  Array.from({ length: last }, (_, day): [number, number] => [1_200, day + 1]);

const NONE: [number, number][] = Array.from({ length: 40 }, () => [0, 0]);

describe('last 30 days achieved', () => {
  it('sums the last 30 days and nothing before them', () => {
    const days: [number, number][] = [
      ...Array.from({ length: 60 }, (): [number, number] => [1_200, 1_200]),
      ...daysTo(30),
    ];
    expect(quantileOf(lastAchieved, days, 0.9)).toBeCloseTo(15.5 / 1_200, 12);
    expect(quantileOf(lastAchieved, days, 0.5)).toBeCloseTo(15.5 / 1_200, 12);
  });
});

describe('daily percentile', () => {
  it.each<[number, number]>([
    [1, 30],
    [5, 29],
    [50, 15],
  ])('p%d of 30 days is the day with %d failures', (percent, failures) => {
    expect(quantileOf(dailyPercentile(percent), daysTo(30), 0.9)).toBeCloseTo(
      failures / 1_200,
      12,
    );
  });
});

describe('floor of the mean', () => {
  it.each<[string, number, number | null]>([
    ['the next lower rung', 1.5 / 1_000, 0.002],
    ['the rung that was met exactly', 0.05, 0.05],
    ['nothing below the lowest rung', 0.2, null],
    ['the highest rung where nothing failed', 0, 0.00001],
  ])('promises %s', (_, share, promised) => {
    const days = daysTo(40).map((): [number, number] => [
      12_000,
      12_000 * share,
    ]);
    expect(quantileOf(flooredMean, days, 0.9)).toBe(promised);
  });
});

describe('Wilson bound', () => {
  it('is 3.84/(n + 3.84) where nothing failed: 97.5 %, two-sided 95 %', () => {
    expect(quantileOf(wilsonBound, [[120, 0]], 0.975)).toBeCloseTo(
      3.8415 / 123.8415,
      5,
    );
  });

  it('of 12 in 120 is 5.81 % to 16.67 %, 95 % two-sided', () => {
    expect(quantileOf(wilsonBound, [[120, 12]], 0.975)).toBeCloseTo(0.1667, 3);
    expect(quantileOf(wilsonBound, [[120, 12]], 0.025)).toBeCloseTo(0.0581, 3);
  });

  it('is hardly above the mean of many requests', () => {
    expect(quantileOf(wilsonBound, [[1.2e9, 1.2e6]], 0.99)).toBeCloseTo(
      1e-3,
      5,
    );
  });
});

describe('rolling-window quantile', () => {
  it('ranks the windows that end with each day', () => {
    // 30 days have 3 windows of 28 days, with means of 14.5, 15.5 and 16.5 failures
    expect(quantileOf(rollingWindows, daysTo(30), 0.3)).toBeCloseTo(
      14.5 / 1_200,
      12,
    );
    expect(quantileOf(rollingWindows, daysTo(30), 0.5)).toBeCloseTo(
      15.5 / 1_200,
      12,
    );
    expect(quantileOf(rollingWindows, daysTo(30), 0.9)).toBeCloseTo(
      16.5 / 1_200,
      12,
    );
  });

  it('abstains until a whole window is known', () => {
    expect(quantileOf(rollingWindows, daysTo(27), 0.5)).toBeNull();
  });
});

describe('plain block bootstrap', () => {
  it('says what always was', () => {
    const days = daysTo(40).map((): [number, number] => [1_200, 12]);
    expect(quantileOf(dayBootstrap, days, 0.5)).toBeCloseTo(0.01, 12);
    expect(quantileOf(dayBootstrap, days, 0.99)).toBeCloseTo(0.01, 12);
  });

  it('draws an outage of one day in 28 as often as a Poisson event', () => {
    const days = daysTo(28).map(([total], day): [number, number] => [
      total,
      day === 20 ? total : 0,
    ]);
    // (27/28)^28 = 36 % of the windows without, 37 % with one, 19 % with two
    expect(quantileOf(dayBootstrap, days, 0.3)).toBe(0);
    expect(quantileOf(dayBootstrap, days, 0.5)).toBeCloseTo(1 / 28, 12);
    expect(quantileOf(dayBootstrap, days, 0.85)).toBeCloseTo(2 / 28, 12);
  });
});

it.each([
  lastAchieved,
  dailyPercentile(1),
  flooredMean,
  wilsonBound,
  rollingWindows,
  dayBootstrap,
])('$name abstains without requests', method => {
  expect(quantileOf(method, NONE, 0.9)).toBeNull();
});
