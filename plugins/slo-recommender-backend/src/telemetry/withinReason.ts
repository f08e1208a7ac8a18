import {
  LONGEST_BOUND_SECONDS,
  SHORTEST_BOUND_SECONDS,
} from 'backstage-plugin-slo-recommender-engine';
import {
  type HourlyLatencies,
  mergedBuckets,
} from 'backstage-plugin-slo-recommender-node';

/** The same latencies, with buckets whose boundaries are beyond reason, such as the largest double, made one with the next. */
export function withinReason(latencies: HourlyLatencies): HourlyLatencies {
  const { boundsSeconds, counts, evidence } = latencies;
  const kept = boundsSeconds.filter(
    bound =>
      bound === 0 ||
      (bound >= SHORTEST_BOUND_SECONDS && bound <= LONGEST_BOUND_SECONDS),
  );
  if (kept.length === boundsSeconds.length) return latencies;
  const merged = mergedBuckets(boundsSeconds, kept);
  const sums = Array.from(
    { length: kept.length + 1 },
    () => new Float64Array(counts[0].length),
  );
  counts.forEach((bucket, index) => {
    const sum = sums[merged[index]];
    bucket.forEach((count, hour) => {
      sum[hour] += count;
    });
  });
  return { boundsSeconds: kept, counts: sums, evidence };
}
