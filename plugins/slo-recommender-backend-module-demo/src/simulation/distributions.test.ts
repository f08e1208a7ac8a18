import { binomial, normal, poisson } from './distributions';
import { createRandom, type Random } from './random';

const DRAWS = 20_000;

function moments(draw: (random: Random) => number) {
  const random = createRandom('moments');
  const values = Array.from({ length: DRAWS }, () => draw(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
  const variance =
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS;
  return { mean, variance, values };
}

describe('createRandom', () => {
  it('gives the same numbers for the same key and others for another', () => {
    const take = (random: Random) => [random(), random(), random()];
    expect(take(createRandom(1, 'a', 2))).toEqual(
      take(createRandom(1, 'a', 2)),
    );
    expect(take(createRandom(1, 'a', 2))).not.toEqual(
      take(createRandom(1, 'a', 3)),
    );
    expect(take(createRandom(1, 'a', 2))).not.toEqual(
      take(createRandom(2, 'a', 2)),
    );
  });

  it('is uniform in [0, 1)', () => {
    const { mean, variance, values } = moments(random => random());
    expect(mean).toBeCloseTo(1 / 2, 1);
    expect(variance).toBeCloseTo(1 / 12, 2);
    expect(values.every(value => value >= 0 && value < 1)).toBe(true);
  });
});

describe('normal', () => {
  it('has mean 0 and variance 1', () => {
    const { mean, variance } = moments(normal);
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
});

describe('poisson', () => {
  it.each([0, 0.01, 1.25, 29, 31, 5_000])(
    'counts %d events on average, with as much variance',
    expected => {
      const { mean, variance, values } = moments(random =>
        poisson(random, expected),
      );
      const error = 5 * Math.sqrt(expected / DRAWS);
      expect(Math.abs(mean - expected)).toBeLessThanOrEqual(error);
      expect(Math.abs(variance - expected)).toBeLessThanOrEqual(0.1 * expected);
      expect(values.every(v => Number.isInteger(v) && v >= 0)).toBe(true);
    },
  );
});

describe('binomial', () => {
  it.each([
    [0, 0.5],
    [1, 0.3],
    [10, 0.95],
    [90_000, 2e-5],
    [90_000, 0.001],
    [1_000, 0.999],
    [1e9, 1e-12],
  ])('of %d trials with probability %d', (trials, probability) => {
    const { mean, variance, values } = moments(random =>
      binomial(random, trials, probability),
    );
    const expected = trials * probability;
    const spread = expected * (1 - probability);
    expect(Math.abs(mean - expected)).toBeLessThanOrEqual(
      5 * Math.sqrt(spread / DRAWS),
    );
    expect(Math.abs(variance - spread)).toBeLessThanOrEqual(
      0.1 * spread + 0.005,
    );
    expect(
      values.every(v => Number.isInteger(v) && v >= 0 && v <= trials),
    ).toBe(true);
  });

  it.each([
    [5, -1, 0],
    [5, 0, 0],
    [5, 1, 5],
    [5, 2, 5],
  ])('of %d trials with probability %d is %d', (trials, probability, count) => {
    expect(binomial(createRandom('edge'), trials, probability)).toBe(count);
  });
});
