/** How long the requests of one hour took. */
export interface Histogram {
  /** Upper bounds of the buckets in seconds, ascending and finite, each part of its bucket; the last bucket has none. */
  boundsSeconds: Float64Array;
  /** Requests in each bucket alone, one more than there are bounds. */
  counts: Float64Array;
}

/** Bounds that both have, ascending. */
export function commonBounds(
  one: Float64Array,
  other: Float64Array,
): Float64Array {
  const others = new Set(other);
  return one.filter(bound => others.has(bound));
}

/** Whether both have the same buckets. */
export function areSameBounds(one: Float64Array, other: Float64Array): boolean {
  return (
    one.length === other.length &&
    one.every((bound, index) => bound === other[index])
  );
}

/**
 * For each bucket the one that it becomes part of when only some bounds are kept.
 *
 * @param kept - some of the bounds, ascending.
 */
export function mergedBuckets(
  bounds: Float64Array,
  kept: Float64Array,
): number[] {
  let merged = 0;
  return Array.from({ length: bounds.length + 1 }, (_, bucket) => {
    while (
      merged < kept.length &&
      (bucket === bounds.length || bounds[bucket] > kept[merged])
    ) {
      merged += 1;
    }
    return merged;
  });
}

/** Adds up histograms, at least one, in buckets whose bounds all of them have: finer than that nobody knows the sum. */
export function sumHistograms(histograms: readonly Histogram[]): Histogram {
  const [first] = histograms;
  if (histograms.length === 1) return first;
  const boundsSeconds = histograms.reduce(
    (common, histogram) => commonBounds(common, histogram.boundsSeconds),
    first.boundsSeconds,
  );
  const counts = new Float64Array(boundsSeconds.length + 1);
  for (const histogram of histograms) {
    const merged = mergedBuckets(histogram.boundsSeconds, boundsSeconds);
    histogram.counts.forEach((count, bucket) => {
      counts[merged[bucket]] += count;
    });
  }
  return { boundsSeconds, counts };
}
