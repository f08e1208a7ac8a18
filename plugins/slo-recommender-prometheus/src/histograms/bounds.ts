import type { LatencyInterval } from 'backstage-plugin-slo-recommender-node';

/** Where the buckets of a histogram end, in the unit it is recorded in. */
export type Bounds =
  | { type: 'classic'; ascending: readonly number[] }
  /** Buckets of native histograms grow by a factor. */
  | { type: 'native'; growth: number };

/** Bounds of classic buckets. They are numbers: `le="1"` of Prometheus 2 and `le="1.0"` of Prometheus 3 are the same. */
export function classicBounds(labelValues: readonly string[]): Bounds {
  const bounds = new Set(
    labelValues
      .filter(value => value.trim() !== '')
      .map(Number)
      .filter(Number.isFinite),
  );
  return { type: 'classic', ascending: [...bounds].sort((a, b) => a - b) };
}

/** Quantiles are interpolated in floating point, so that one on a bound may come out a little beside it. */
const TOLERANCE = 1e-9;

/**
 * The bucket that a quantile lies in, in the unit of the histogram: what `histogram_quantile` says within it is
 * interpolation. Undefined where there was nothing to measure.
 */
export function bucketOf(
  value: number,
  bounds: Bounds,
): LatencyInterval | undefined {
  if (!Number.isFinite(value) || value < 0) {
    return undefined;
  }
  if (bounds.type === 'native') {
    if (value === 0) {
      return { fromSeconds: 0, toSeconds: 0 };
    }
    const exponent = Math.log(value) / Math.log(bounds.growth);
    return {
      fromSeconds: bounds.growth ** Math.floor(exponent + TOLERANCE),
      toSeconds: bounds.growth ** Math.ceil(exponent - TOLERANCE),
    };
  }
  const { ascending } = bounds;
  const highest = ascending.at(-1);
  if (highest === undefined) {
    return undefined;
  }
  // For everything above the highest bound that bound itself is given as the quantile.
  if (value >= highest * (1 - TOLERANCE)) {
    return { fromSeconds: highest, toSeconds: null };
  }
  const end = ascending.findIndex(bound => value <= bound * (1 + TOLERANCE));
  return {
    fromSeconds: end === 0 ? 0 : ascending[end - 1],
    toSeconds: ascending[end],
  };
}

/** Whether buckets make sense in milliseconds only: no one watches calls of a second to hours, and no shorter ones. */
export function looksLikeMilliseconds(bounds: Bounds): boolean {
  return (
    bounds.type === 'classic' &&
    bounds.ascending.length > 0 &&
    bounds.ascending[0] >= 1 &&
    bounds.ascending[bounds.ascending.length - 1] >= 1_000
  );
}

/** True where some producers record seconds and others milliseconds: the same metric has both scales of buckets. */
export function looksLikeBothScales(bounds: Bounds): boolean {
  return (
    bounds.type === 'classic' &&
    bounds.ascending.length > 0 &&
    bounds.ascending[0] < 1 &&
    bounds.ascending[bounds.ascending.length - 1] >= 1_000
  );
}
