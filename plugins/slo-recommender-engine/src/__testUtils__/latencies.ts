import fc from 'fast-check';
import type { LatencyHistogram, LatencyHistory } from '../latency';
import { createRandom } from '../predict';
import { START_MS } from './series';

/** The explicit boundaries of OpenTelemetry's default histogram but for 0, in seconds. */
export const OTEL_BOUNDS = Float64Array.of(
  0.005,
  0.01,
  0.025,
  0.05,
  0.075,
  0.1,
  0.25,
  0.5,
  0.75,
  1,
  2.5,
  5,
  7.5,
  10,
);

/** Boundaries 9 % apart, from 0.24 ms to 4,096 s: a native histogram of Prometheus with schema 3. */
export const FINE_BOUNDS = Float64Array.from(
  { length: 193 },
  (_, i) => 2 ** (i / 8 - 12),
);

/** Draws a latency in seconds. */
export type Draw = () => number;

/** Latencies by the names of their distributions, drawn from one seed. */
export function drawsOf(seed: number) {
  const random = createRandom(seed);
  const normal = () =>
    Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  return {
    lognormal:
      (median: number, sigma: number): Draw =>
      () =>
        median * Math.exp(sigma * normal()),
    /** The sum of `shape` exponential latencies. */
    gamma:
      (mean: number, shape: number): Draw =>
      () => {
        let sum = 0;
        for (let i = 0; i < shape; i++) {
          sum -= Math.log(random());
        }
        return (mean / shape) * sum;
      },
    mixture:
      (fast: Draw, slow: Draw, slowShare: number): Draw =>
      () =>
        random() < slowShare ? slow() : fast(),
  };
}

export function histogramOf(
  boundsSeconds: Float64Array,
  seconds: Iterable<number>,
): LatencyHistogram {
  const counts = new Float64Array(boundsSeconds.length + 1);
  for (const latency of seconds) {
    const bucket = boundsSeconds.findIndex(bound => latency <= bound);
    counts[bucket < 0 ? boundsSeconds.length : bucket]++;
  }
  return { boundsSeconds, counts };
}

/** A history from START_MS on with the same counts every hour. */
export function steadyHistory(
  histogram: LatencyHistogram,
  hours: number,
): LatencyHistory {
  return {
    startMs: START_MS,
    boundsSeconds: histogram.boundsSeconds,
    counts: Array.from(histogram.counts, count =>
      new Float64Array(hours).fill(count),
    ),
  };
}

const arbitraryBounds: fc.Arbitrary<Float64Array> = fc.oneof(
  fc.constantFrom(
    OTEL_BOUNDS,
    FINE_BOUNDS,
    Float64Array.of(0, ...OTEL_BOUNDS),
    Float64Array.of(),
    Float64Array.of(0),
    Float64Array.of(0.3),
    Float64Array.of(1e-6),
    Float64Array.of(1e-6, 0.1, 1e5),
  ),
  fc
    .uniqueArray(fc.double({ min: 1e-6, max: 1e4, noNaN: true }), {
      maxLength: 8,
    })
    .map(bounds => Float64Array.from(bounds).sort()),
);

/** Histograms of any layout with at least a request: few and many requests, empty buckets, all in one bucket. */
export const arbitraryHistogram: fc.Arbitrary<LatencyHistogram> =
  arbitraryBounds.chain(boundsSeconds => {
    const length = boundsSeconds.length + 1;
    return fc
      .array(
        fc.oneof(
          fc.constant(0),
          fc.integer({ min: 1, max: 20 }),
          fc.double({ min: 0.01, max: 1e9, noNaN: true }),
        ),
        { minLength: length, maxLength: length },
      )
      .filter(counts => counts.some(count => count > 0))
      .map(counts => ({ boundsSeconds, counts: Float64Array.from(counts) }));
  });

const poisonedCount = fc.oneof(
  fc.constantFrom(
    NaN,
    Infinity,
    -Infinity,
    -1,
    -0,
    0,
    5e-324,
    1e-300,
    2 ** 53,
    2 ** 53 + 2,
    Number.MAX_VALUE,
  ),
  fc.double(),
  fc.nat(),
);

/** Any doubles at all as counts, in part the same for all hours, from any hour of 1970 to 9999 on. */
export const poisonedHistory: fc.Arbitrary<LatencyHistory> = fc
  .record({
    boundsSeconds: arbitraryBounds,
    startHour: fc.constantFrom(0, 467_000, 1_200_000, 69_000_000),
    rows: fc.array(fc.array(poisonedCount, { minLength: 1, maxLength: 9 }), {
      maxLength: 6,
    }),
    repeats: fc.constantFrom(1, 1, 20, 50),
  })
  .map(({ boundsSeconds, startHour, rows, repeats }) => {
    const hours = Array.from({ length: repeats }, () => rows).flat();
    return {
      startMs: startHour * 3_600_000,
      boundsSeconds,
      counts: Array.from({ length: boundsSeconds.length + 1 }, (_, bucket) =>
        Float64Array.from(hours, row => row[bucket % row.length]),
      ),
    };
  });
