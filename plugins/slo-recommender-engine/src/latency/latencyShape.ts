import { sharesWithin, type LatencyHistogram } from './LatencyHistogram';
import { normalScore, normalShare } from './normal';

/**
 * How latencies lie within the buckets. Between boundaries the normal score of the share is a monotone cubic in the
 * logarithm of the latency (Fritsch and Butland, _SIAM J. Sci. Stat. Comput._ 1984): a lognormal distribution is met
 * exactly, others closely, and each bucket keeps its share. Below the lowest boundary the score goes on in a straight line.
 */
export interface LatencyShape {
  boundsSeconds: Float64Array;
  /** Share of the requests not slower than each bound. */
  shares: Float64Array;
  /** Normal score of each share. */
  scores: Float64Array;
  /** Slope of the score at each bound, over the natural logarithm of the latency; not negative. */
  slopes: Float64Array;
}

/** Power of the latency with which the share rises below the lowest boundary if the data do not show it. */
const LOWEST_BUCKET_POWER = 2;

/** Within these lies what is taken to be beyond a boundary where no request was seen beyond it. */
const SMALLEST_UNSEEN = 1e-12;
const LARGEST_UNSEEN = 0.1;

/** Halvings that find a place between two boundaries as exactly as a double can tell it. */
const HALVINGS = 50;

/**
 * Reads the shape of a histogram with at least a request. A boundary beyond which no request was seen is scored as if half
 * a request lay there: many requests in few buckets are a steep distribution.
 */
export function latencyShape(histogram: LatencyHistogram): LatencyShape {
  const { boundsSeconds } = histogram;
  const { shares, requests } = sharesWithin(histogram);
  const unseen = Math.max(
    SMALLEST_UNSEEN,
    Math.min(LARGEST_UNSEEN, 0.5 / requests),
  );
  const scores = shares.map(share =>
    normalScore(Math.min(1 - unseen, Math.max(unseen, share))),
  );
  return {
    boundsSeconds,
    shares,
    scores,
    slopes: slopesOf(boundsSeconds, shares, scores),
  };
}

/**
 * Slopes that keep the cubics monotone: the weighted harmonic mean of the rises on both sides, and at either end of what
 * was seen the rise on the one side.
 */
function slopesOf(
  boundsSeconds: Float64Array,
  shares: Float64Array,
  scores: Float64Array,
): Float64Array {
  const slopes = new Float64Array(boundsSeconds.length);
  let width = 0;
  let rise = 0;
  for (let i = 0; i < slopes.length; i++) {
    const seen =
      i + 1 < slopes.length &&
      boundsSeconds[i] > 0 &&
      shares[i + 1] > 0 &&
      shares[i] < 1;
    const nextWidth = seen
      ? Math.log(boundsSeconds[i + 1] / boundsSeconds[i])
      : 0;
    const nextRise = seen ? (scores[i + 1] - scores[i]) / nextWidth : 0;
    if (width === 0 || nextWidth === 0) {
      slopes[i] = rise + nextRise;
    } else if (rise > 0 && nextRise > 0) {
      const weight = 2 * nextWidth + width;
      const nextWeight = nextWidth + 2 * width;
      slopes[i] =
        (weight + nextWeight) / (weight / rise + nextWeight / nextRise);
    }
    width = nextWidth;
    rise = nextRise;
  }
  return slopes;
}

/** Share in [0, 1] of the requests not slower than `seconds`; above the highest boundary the share at that boundary. */
export function shareWithin(shape: LatencyShape, seconds: number): number {
  const { boundsSeconds, shares } = shape;
  const bucket = firstAtLeast(boundsSeconds, seconds);
  const lower = bucket > 0 ? shares[bucket - 1] : 0;
  if (bucket === boundsSeconds.length) {
    return lower;
  }
  const upper = shares[bucket];
  const from = bucket > 0 ? boundsSeconds[bucket - 1] : 0;
  const to = boundsSeconds[bucket];
  if (upper === lower || seconds >= to) {
    return upper;
  }
  if (from === 0) {
    const slope = shape.slopes[bucket];
    const share =
      slope > 0
        ? normalShare(shape.scores[bucket] + slope * Math.log(seconds / to))
        : lower + (upper - lower) * (seconds / to) ** LOWEST_BUCKET_POWER;
    return Math.min(upper, Math.max(lower, share));
  }
  const place = Math.log(seconds / from) / Math.log(to / from);
  const share = normalShare(scoreWithin(shape, bucket, place));
  return Math.min(upper, Math.max(lower, share));
}

/** The latency that a share in (0, 1) of the requests does not exceed; null where it lies above the highest boundary. */
export function secondsAt(shape: LatencyShape, share: number): number | null {
  const { boundsSeconds, shares } = shape;
  const bucket = firstAtLeast(shares, share);
  if (bucket === boundsSeconds.length) {
    return null;
  }
  const from = bucket > 0 ? boundsSeconds[bucket - 1] : 0;
  const to = boundsSeconds[bucket];
  const score = normalScore(share);
  if (from === 0) {
    const lower = bucket > 0 ? shares[bucket - 1] : 0;
    const slope = shape.slopes[bucket];
    return slope > 0
      ? to * Math.exp(Math.min(0, (score - shape.scores[bucket]) / slope))
      : to *
          ((share - lower) / (shares[bucket] - lower)) **
            (1 / LOWEST_BUCKET_POWER);
  }
  let below = 0;
  let above = 1;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (below + above) / 2;
    if (scoreWithin(shape, bucket, middle) < score) {
      below = middle;
    } else {
      above = middle;
    }
  }
  return from * (to / from) ** above;
}

/** Score within a bucket between two boundaries, at a place in [0, 1] from the lower to the upper: a cubic of Hermite. */
function scoreWithin(
  { boundsSeconds, scores, slopes }: LatencyShape,
  bucket: number,
  place: number,
): number {
  const lower = scores[bucket - 1];
  const rise = scores[bucket] - lower;
  const width = Math.log(boundsSeconds[bucket] / boundsSeconds[bucket - 1]);
  const first = slopes[bucket - 1] * width;
  const last = slopes[bucket] * width;
  const curvature = 3 * rise - 2 * first - last;
  const twist = first + last - 2 * rise;
  return lower + place * (first + place * (curvature + place * twist));
}

/** Index of the first element that is at least the value; the length where there is none. */
function firstAtLeast(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
