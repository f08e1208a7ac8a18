import fc from 'fast-check';
import {
  distributionOf,
  LEVELS,
  probabilityWithin,
  quantileOf,
} from './distribution';

const LAST = LEVELS.length - 1;

/** From any shares of counts; with many that are equal, as where no failure was seen. */
const arbitraryDistribution = fc
  .array(
    fc.oneof(
      fc.constantFrom(0, 0, 0.001, 1),
      fc.double({ min: 2 ** -53, max: 1, noNaN: true }),
    ),
    { minLength: 1, maxLength: 50 },
  )
  .map(samples => distributionOf(Float64Array.from(samples).sort()));

const arbitraryProbability = fc.double({ min: 0, max: 1, noNaN: true });

describe('LEVELS', () => {
  it('are 112, ascending, from 1 % to 99.9 %', () => {
    expect(LEVELS).toHaveLength(112);
    expect(LEVELS).toEqual(LEVELS.slice().sort());
    expect(LEVELS[0]).toBe(0.01);
    expect(LEVELS[LAST]).toBe(0.999);
  });

  it.each([0.5, 0.75, 0.9, 0.95, 0.99])('hold %d', level => {
    expect(LEVELS).toContain(level);
  });
});

describe('distributionOf', () => {
  it('puts the k-th of n samples at k/(n + 1)', () => {
    const distribution = distributionOf(Float64Array.of(0.1, 0.2, 0.3));
    expect(quantileOf(distribution, 0.25)).toBeCloseTo(0.1, 12);
    expect(quantileOf(distribution, 0.5)).toBeCloseTo(0.2, 12);
    expect(quantileOf(distribution, 0.6)).toBeCloseTo(0.24, 12);
    expect(quantileOf(distribution, 0.75)).toBeCloseTo(0.3, 12);
  });

  it('is of one sample where there is one', () => {
    expect(new Set(distributionOf(Float64Array.of(0.4)))).toEqual(
      new Set([0.4]),
    );
  });

  it('never falls', () => {
    fc.assert(
      fc.property(arbitraryDistribution, distribution => {
        expect(distribution).toEqual(distribution.slice().sort());
      }),
    );
  });
});

describe('quantileOf', () => {
  const distribution = LEVELS.map(level => level / 100);

  it.each<[string, number, number]>([
    ['at a level', 0.9, 0.009],
    ['between levels', 0.8125, 0.008125],
    ['below the lowest', 0.005, 0.00005],
    ['where half as many lie beyond the highest', 0.9995, 2 * 0.00999],
    ['at most', 1, 1],
  ])('is linear and has a Pareto tail: %s', (_, probability, expected) => {
    expect(quantileOf(distribution, probability)).toBeCloseTo(expected, 12);
  });

  it('stays in [0, 1] and never falls', () => {
    fc.assert(
      fc.property(
        arbitraryDistribution,
        arbitraryProbability,
        arbitraryProbability,
        (anyDistribution, one, two) => {
          const low = quantileOf(anyDistribution, Math.min(one, two));
          const high = quantileOf(anyDistribution, Math.max(one, two));
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(high).toBeGreaterThanOrEqual(low * (1 - 1e-12));
        },
      ),
    );
  });
});

describe('probabilityWithin', () => {
  it.each<[string, number, number]>([
    ['where nothing may fail and half of the windows show nothing', 0, 0.5],
    ['between levels', 0.0005, 0.745],
    ['at the highest', 0.001, 0.999],
    ['where twice as much as at the highest may fail', 0.002, 0.9995],
  ])('is the highest probability that holds: %s', (_, allowed, expected) => {
    const distribution = LEVELS.map(level =>
      level <= 0.5 ? 0 : 0.001 * Math.min(1, (level - 0.5) / 0.49),
    );
    expect(probabilityWithin(distribution, allowed)).toBeCloseTo(expected, 3);
  });

  it('stays in [0, 1) and never falls', () => {
    fc.assert(
      fc.property(
        arbitraryDistribution,
        arbitraryProbability,
        arbitraryProbability,
        (distribution, one, two) => {
          const low = probabilityWithin(distribution, Math.min(one, two));
          const high = probabilityWithin(distribution, Math.max(one, two));
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThan(1);
          expect(high).toBeGreaterThanOrEqual(low);
        },
      ),
    );
  });

  it('undoes quantileOf, where the distribution rises', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-6, max: 1e-3, noNaN: true }), {
          minLength: LEVELS.length,
          maxLength: LEVELS.length,
        }),
        fc.double({ min: 0, max: 0.9999, noNaN: true }),
        (rises, probability) => {
          let sum = 0;
          const distribution = Float64Array.from(rises, rise => (sum += rise));
          const unavailability = quantileOf(distribution, probability);
          fc.pre(unavailability < 1);
          expect(probabilityWithin(distribution, unavailability)).toBeCloseTo(
            probability,
            9,
          );
        },
      ),
    );
  });

  it('is never less than what quantileOf was asked for', () => {
    fc.assert(
      fc.property(
        arbitraryDistribution,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (distribution, probability) => {
          const within = probabilityWithin(
            distribution,
            quantileOf(distribution, probability),
          );
          expect(within).toBeGreaterThanOrEqual(probability - 1e-9);
        },
      ),
    );
  });
});
