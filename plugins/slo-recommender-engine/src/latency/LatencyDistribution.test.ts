import fc from 'fast-check';
import {
  arbitraryHistogram,
  drawsOf,
  FINE_BOUNDS,
  histogramOf,
  OTEL_BOUNDS,
  type Draw,
} from '../__testUtils__/latencies';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { EngineInputError } from '../sli';
import {
  latencyDistribution,
  latencyInParallel,
  latencyInSequence,
  latencyQuantile,
  type LatencyDistribution,
} from './LatencyDistribution';
import type { LatencyHistogram } from './LatencyHistogram';

const NUM_RUNS = 10_000;
/** Of laws that take convolutions. */
const NUM_CHAINS = 1_000;

const QUANTILES = [0.5, 0.9, 0.95, 0.99];

const known = (histogram: LatencyHistogram): LatencyDistribution => {
  const distribution = latencyDistribution(histogram);
  if (!distribution) {
    throw new Error('the histogram holds no request');
  }
  return distribution;
};

/** All requests take no time. */
const instant = known({
  boundsSeconds: Float64Array.of(0),
  counts: Float64Array.of(1, 0),
});

const arbitraryDistribution = arbitraryHistogram.map(known);
const arbitraryCalls = fc.array(arbitraryDistribution, {
  minLength: 1,
  maxLength: 4,
});
const arbitraryProbability = fc.double({
  min: 0.0001,
  max: 0.9999,
  noNaN: true,
});

const waysToCombine: [
  string,
  (calls: readonly LatencyDistribution[]) => LatencyDistribution,
][] = [
  ['in sequence', latencyInSequence],
  ['in parallel', latencyInParallel],
];

describe('against a simulation', () => {
  const SAMPLES = 50_000;
  const { lognormal, gamma, mixture } = drawsOf(20_260_704);
  const services: Record<string, Draw> = {
    lookup: lognormal(0.008, 0.5),
    cache: mixture(lognormal(0.012, 0.3), lognormal(0.15, 0.4), 0.1),
    query: gamma(0.06, 3),
    payment: lognormal(0.35, 0.7),
    report: gamma(0.9, 2),
  };
  const samples = new Map(
    Object.entries(services).map(([name, draw]) => [
      name,
      Float64Array.from({ length: SAMPLES }, draw),
    ]),
  );
  const chains = [
    ['lookup'],
    ['lookup', 'cache'],
    ['cache', 'query', 'payment'],
    ['query', 'payment', 'report'],
    ['lookup', 'cache', 'query', 'query', 'payment', 'report'],
  ];
  const exact = (
    names: string[],
    combine: (a: number, b: number) => number,
  ): Float64Array => {
    const results = new Float64Array(SAMPLES);
    names.forEach((name, place) => {
      const drawn = samples.get(name) ?? results;
      for (let i = 0; i < SAMPLES; i++) {
        // turned against each other, so that a service called twice is not as slow both times
        const other = drawn[(i + place * 7_919) % SAMPLES];
        results[i] = combine(results[i], other);
      }
    });
    return results.sort();
  };

  describe.each<[string, Float64Array, number]>([
    ['fine buckets', FINE_BOUNDS, 0.05],
    ['the default buckets of OpenTelemetry', OTEL_BOUNDS, 0.12],
  ])('with %s', (_layout, bounds, tolerance) => {
    const distributions = new Map(
      [...samples].map(([name, drawn]) => [
        name,
        known(histogramOf(bounds, drawn)),
      ]),
    );
    const calls = (names: string[]) =>
      names.map(name => distributions.get(name) ?? instant);

    it.each(chains.map(chain => [chain.join(' → '), chain]))(
      'adds up %s',
      (_name, chain) => {
        const sums = exact([...chain], (a, b) => a + b);
        const composed = latencyInSequence(calls([...chain]));
        for (const p of QUANTILES) {
          const truth = sums[Math.ceil(p * SAMPLES) - 1];
          const { seconds, interval } = latencyQuantile(composed, p);
          expect(Math.abs((seconds ?? 0) / truth - 1)).toBeLessThan(tolerance);
          expect(interval.fromSeconds).toBeLessThan(truth);
          expect(interval.toSeconds).toBeGreaterThan(truth);
        }
      },
    );

    it.each(chains.map(chain => [chain.join(', '), chain]))(
      'waits for the slowest of %s',
      (_name, chain) => {
        const slowest = exact([...chain], Math.max);
        const composed = latencyInParallel(calls([...chain]));
        for (const p of QUANTILES) {
          const truth = slowest[Math.ceil(p * SAMPLES) - 1];
          const { seconds } = latencyQuantile(composed, p);
          expect(Math.abs((seconds ?? 0) / truth - 1)).toBeLessThan(tolerance);
        }
      },
    );
  });
});

describe('latencyDistribution', () => {
  it('is unknown without requests', () => {
    expect(
      latencyDistribution({
        boundsSeconds: OTEL_BOUNDS,
        counts: new Float64Array(15),
      }),
    ).toBeNull();
  });

  it.each([NaN, -1, Infinity, 1e308])('refuses a count of %d', count => {
    const counts = Float64Array.of(1, count);
    expect(() =>
      latencyDistribution({ boundsSeconds: Float64Array.of(1), counts }),
    ).toThrow(EngineInputError);
  });

  it.each([
    ['bounds that descend', [2, 1], [1, 1, 1]],
    ['a bound that is not a number', [NaN, 1], [1, 1, 1]],
    ['a negative bound', [-1, 1], [1, 1, 1]],
    ['an infinite bound', [1, Infinity], [1, 1, 1]],
    ['fewer counts than buckets', [1, 2], [1, 1]],
  ])('refuses %s', (_, bounds, counts) => {
    expect(() =>
      latencyDistribution({
        boundsSeconds: Float64Array.from(bounds),
        counts: Float64Array.from(counts),
      }),
    ).toThrow(EngineInputError);
  });

  it('knows no end where requests are slower than every boundary', () => {
    const distribution = known({
      boundsSeconds: Float64Array.of(0.1, 0.2),
      counts: Float64Array.of(90, 5, 5),
    });
    expect(latencyQuantile(distribution, 0.9)).toMatchObject({
      seconds: expect.closeTo(0.1, 4),
    });
    const { seconds, interval } = latencyQuantile(distribution, 0.99);
    expect(seconds).toBeNull();
    expect(interval).toEqual({
      fromSeconds: expect.closeTo(0.2, 1),
      toSeconds: null,
    });
  });

  it.each([0, 1, -1, NaN])('refuses the probability %d', probability => {
    expect(() => latencyQuantile(instant, probability)).toThrow(
      EngineInputError,
    );
  });

  it('has quantiles that rise with the probability, finite and between their bounds', () => {
    fc.assert(
      fc.property(
        arbitraryDistribution,
        arbitraryProbability,
        arbitraryProbability,
        (distribution, a, b) => {
          const low = latencyQuantile(distribution, Math.min(a, b));
          const high = latencyQuantile(distribution, Math.max(a, b));
          for (const { seconds, interval } of [low, high]) {
            const { fromSeconds, toSeconds } = interval;
            const steps = [0, fromSeconds, seconds, toSeconds];
            const finite = steps.filter(step => step !== null);
            expect(finite.every(Number.isFinite)).toBe(true);
            expect(finite).toEqual(finite.toSorted((x, y) => x - y));
          }
          expect(isSlowerOrSame(high, low)).toBe(true);
        },
      ),
      propertyRuns(NUM_RUNS),
    );
  });
});

describe.each(waysToCombine)('calls %s', (_way, combine) => {
  it('take no time where there are none', () => {
    expect(isSame(combine([]), instant)).toBe(true);
  });

  it('take what the only one takes', () => {
    fc.assert(
      fc.property(arbitraryDistribution, call => {
        expect(isSame(combine([call]), call)).toBe(true);
      }),
      propertyRuns(NUM_CHAINS),
    );
  });

  it('are not changed by one that takes no time', () => {
    fc.assert(
      fc.property(arbitraryCalls, calls => {
        expect(isSame(combine([...calls, instant]), combine(calls))).toBe(true);
      }),
      propertyRuns(NUM_CHAINS),
    );
  });

  it('may be in any order', () => {
    fc.assert(
      fc.property(
        arbitraryCalls.chain(calls =>
          fc.tuple(
            fc.constant(calls),
            fc.shuffledSubarray(calls, { minLength: calls.length }),
          ),
        ),
        ([calls, shuffled]) => {
          expect(isSame(combine(shuffled), combine(calls))).toBe(true);
        },
      ),
      propertyRuns(NUM_CHAINS),
    );
  });

  it('lose no mass and make none', () => {
    fc.assert(
      fc.property(arbitraryCalls, calls => {
        for (const masses of Object.values(combine(calls))) {
          expect(masses.every((mass: number) => mass >= 0)).toBe(true);
          const sum = masses.reduce((a: number, b: number) => a + b, 0);
          expect(sum).toBeCloseTo(1, 9);
        }
      }),
      propertyRuns(NUM_CHAINS),
    );
  });

  it('are never faster with one call more', () => {
    fc.assert(
      fc.property(
        arbitraryCalls,
        arbitraryDistribution,
        arbitraryProbability,
        (calls, call, probability) => {
          const before = latencyQuantile(combine(calls), probability);
          const after = latencyQuantile(combine([...calls, call]), probability);
          expect(isSlowerOrSame(after, before)).toBe(true);
        },
      ),
      propertyRuns(NUM_CHAINS),
    );
  });

  it('are never bounded faster where requests of one move to a slower bucket', () => {
    fc.assert(
      fc.property(
        arbitraryCalls,
        arbitraryHistogram,
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        arbitraryProbability,
        (calls, histogram, place, share, probability) => {
          const counts = histogram.counts.slice();
          const from = place % counts.length;
          const moved = share * counts[from];
          counts[from] -= moved;
          counts[counts.length - 1] += moved;
          const slower = known({ ...histogram, counts });
          const before = latencyQuantile(
            combine([...calls, known(histogram)]),
            probability,
          );
          const after = latencyQuantile(
            combine([...calls, slower]),
            probability,
          );
          expect(
            isSlowerOrSame(
              { ...after, seconds: null },
              { ...before, seconds: null },
            ),
          ).toBe(true);
        },
      ),
      propertyRuns(NUM_CHAINS),
    );
  });
});

/** Whether two distributions are the same bit for bit; a matcher takes a hundred times as long. */
function isSame(a: LatencyDistribution, b: LatencyDistribution): boolean {
  return (['likely', 'fastest', 'slowest'] as const).every(grid =>
    a[grid].every((mass, i) => Object.is(mass, b[grid][i])),
  );
}

type Quantile = ReturnType<typeof latencyQuantile>;

/** Whether neither figure of the first is less; unknown is slower than all that is known. */
function isSlowerOrSame(slower: Quantile, faster: Quantile): boolean {
  const atLeast = (a: number | null, b: number | null) =>
    (a ?? Infinity) >= (b ?? Infinity) * (1 - 1e-9);
  return (
    atLeast(slower.seconds, faster.seconds) &&
    atLeast(slower.interval.fromSeconds, faster.interval.fromSeconds) &&
    atLeast(slower.interval.toSeconds, faster.interval.toSeconds)
  );
}
