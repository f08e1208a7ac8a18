import { createRandom } from 'backstage-plugin-slo-recommender-engine';
import {
  binomial,
  exponential,
  heavyNormal,
  logNormal,
  logUniform,
  normal,
  pareto,
  poisson,
} from './variates';

const DRAWS = 100_000;

function drawn(draw: (random: () => number) => number) {
  const random = createRandom(1);
  const values = Array.from({ length: DRAWS }, () => draw(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
  const variance =
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS;
  const shareAbove = (limit: number) =>
    values.filter(value => value > limit).length / DRAWS;
  return { values, mean, variance, shareAbove };
}

describe('counts', () => {
  it.each([0.01, 0.5, 5, 29, 31, 400, 1e6])(
    'of Poisson events have mean and variance %d',
    expected => {
      const { values, mean, variance } = drawn(r => poisson(r, expected));
      expect(mean / expected).toBeCloseTo(1, expected < 1 ? 0 : 1);
      expect(variance / expected).toBeCloseTo(1, expected < 1 ? 0 : 1);
      expect(values.every(value => Number.isInteger(value))).toBe(true);
    },
  );

  it.each<[number, number]>([
    [1e7, 1e-7],
    [2_000_000, 4e-4],
    [10, 0.3],
    [100, 0.97],
    [1_000, 0.5],
  ])('of %d trials at %d have the moments of a binomial', (trials, share) => {
    const { values, mean, variance } = drawn(r => binomial(r, trials, share));
    expect(mean / (trials * share)).toBeCloseTo(1, 1);
    expect(variance / (trials * share * (1 - share))).toBeCloseTo(1, 1);
    expect(Math.min(...values.slice(0, 10_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values.slice(0, 10_000))).toBeLessThanOrEqual(trials);
  });

  it.each<[number, number, number]>([
    [500, 0, 0],
    [500, 1, 500],
    [0, 0.5, 0],
  ])('of %d trials at %d are always %d', (trials, share, count) => {
    expect(binomial(createRandom(1), trials, share)).toBe(count);
  });

  it('are none as often as they should be', () => {
    const { shareAbove } = drawn(r => binomial(r, 3_000, 1e-3));
    expect(1 - shareAbove(0)).toBeCloseTo(Math.exp(-3), 2);
  });
});

describe('noise', () => {
  it.each([
    ['normal', normal, 0.0027],
    ['heavy', heavyNormal, 0.0133],
  ] as const)(
    'that is %s has mean 0, variance 1 and its tails',
    (_, draw, tail) => {
      const { mean, variance, shareAbove } = drawn(draw);
      expect(mean).toBeCloseTo(0, 1);
      expect(variance).toBeCloseTo(1, 1);
      // both tails beyond 3
      expect(2 * shareAbove(3)).toBeCloseTo(tail, 2);
    },
  );

  it('that is log-normal has the median given', () => {
    const { shareAbove } = drawn(r => logNormal(r, Math.log(4e-4), 1.2));
    expect(shareAbove(4e-4)).toBeCloseTo(0.5, 2);
    expect(shareAbove(4e-4 * Math.exp(1.2))).toBeCloseTo(0.159, 2);
  });
});

describe('rates and sizes', () => {
  it('are exponential', () => {
    const { mean, shareAbove } = drawn(r => exponential(r, 45));
    expect(mean).toBeCloseTo(45, 0);
    expect(shareAbove(45)).toBeCloseTo(Math.exp(-1), 2);
  });

  it('have as many in each decade', () => {
    const { shareAbove } = drawn(r => logUniform(r, 5e3, 5e7));
    expect(shareAbove(5e4)).toBeCloseTo(0.75, 2);
    expect(shareAbove(5e6)).toBeCloseTo(0.25, 2);
  });

  it('are half as often twice as large', () => {
    const { values, shareAbove } = drawn(r => pareto(r, 0.006));
    expect(Math.min(...values.slice(0, 1_000))).toBeGreaterThan(0.006);
    expect(shareAbove(0.012)).toBeCloseTo(0.5, 2);
    expect(shareAbove(0.6)).toBeCloseTo(0.01, 2);
  });
});
