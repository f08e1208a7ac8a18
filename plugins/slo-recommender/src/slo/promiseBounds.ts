import type {
  LatencyProfile,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';

/** What the neighbouring boundaries of a histogram say of a threshold between them. */
export interface PromiseBounds {
  /** Between which shares of the last window's requests were faster, fractions in [0, 1]. */
  from: number;
  to: number;
  /** Whether the last window kept the promise; null where the bounds lie on both sides of it. */
  kept: boolean | null;
  /** Probability with which the next window keeps it at the least; null where the boundaries do not tell. */
  leastAttainment: number | null;
}

type Histogram = LatencyProfile['histogram'];

const share = (buckets: Histogram) =>
  buckets.reduce((total, bucket) => total + bucket.share, 0);

function achievedBetween(histogram: Histogram, seconds: number) {
  const maybeSlower = histogram.filter(
    ({ toSeconds }) => toSeconds === null || toSeconds > seconds,
  );
  const slower = maybeSlower.filter(
    ({ fromSeconds }) => fromSeconds >= seconds,
  );
  // taken from 1, so that nothing slower is exactly 1
  return { from: 1 - share(maybeSlower), to: 1 - share(slower) };
}

/** Bounds for a promise whose own threshold is not measured; null where it is, or nothing is known of latencies. */
export function promiseBounds({
  promised,
  latency,
}: Pick<Recommendation, 'promised' | 'latency'>): PromiseBounds | null {
  const seconds = promised?.thresholdSeconds;
  if (!promised || seconds === undefined || promised.attainment !== null) {
    return null;
  }
  if (!latency || latency.histogram.length === 0) return null;
  const { from, to } = achievedBetween(latency.histogram, seconds);
  const decided = from >= promised.objective || to < promised.objective;
  // what is faster than a faster threshold is faster than this one
  const below = latency.frontier.findLast(
    ({ thresholdSeconds, objective }) =>
      thresholdSeconds <= seconds &&
      objective !== null &&
      objective >= promised.objective,
  );
  return {
    from,
    to,
    kept: decided ? from >= promised.objective : null,
    leastAttainment: below?.attainment ?? null,
  };
}
