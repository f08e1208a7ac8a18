import { boundaryAt } from './LatencyHistory';
import { bucketInterval, type LatencyInterval } from './LatencyHistogram';
import type { PromisedLatency } from './lastWindow';
import { secondsAt, type LatencyShape } from './latencyShape';

/** Boundaries that the histogram lacks. */
export interface BucketAdvice {
  /** Boundaries to add, in seconds, ascending. */
  addSeconds: number[];
  /** Buckets that are too wide, with the percentiles that lie in them. */
  coarse: { percentiles: number[]; bucket: LatencyInterval }[];
  /** The promised threshold if no boundary is at it, else null. */
  unmeasuredSeconds: number | null;
}

/** Percentiles near which objectives are promised. */
export const PERCENTILES: readonly number[] = [0.5, 0.9, 0.95, 0.99];

/** The next boundary may be as many times slower than the percentile. */
const FARTHEST = 2;

/** Ratio of the boundaries advised. Rounding leaves it below 2. */
const ADVISED_RATIO = 1.8;

/** No boundary is advised, in seconds, where nobody waits or nothing can be measured. */
const SHORTEST = 1e-9;
const LONGEST = 1e9;

/** To begin with, in seconds, where there is no boundary at all. */
const NO_BOUNDARY_YET = [0.1, 1];

/** Mantissas of round numbers. */
const ROUND = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/**
 * Says which boundaries to add where the histogram is too coarse near a percentile (the next boundary more than twice as
 * slow, or none above it), or where a promise is on no boundary. Null where all can be measured.
 */
export function bucketAdvice(
  shape: LatencyShape,
  promised?: PromisedLatency,
): BucketAdvice | null {
  const { boundsSeconds } = shape;
  const advised = new Set<number>();
  const coarse: BucketAdvice['coarse'] = [];
  for (const percentile of PERCENTILES) {
    const missing = missingBoundaries(shape, percentile).filter(
      bound => bound >= SHORTEST && bound <= LONGEST,
    );
    if (missing.length > 0) {
      const bucket = intervalAt(shape, percentile);
      const last = coarse.at(-1);
      if (last?.bucket.fromSeconds === bucket.fromSeconds) {
        last.percentiles.push(percentile);
      } else {
        coarse.push({ percentiles: [percentile], bucket });
      }
      missing.forEach(bound => advised.add(bound));
    }
  }
  const unmeasuredSeconds =
    promised && boundaryAt(boundsSeconds, promised.thresholdSeconds) < 0
      ? promised.thresholdSeconds
      : null;
  if (unmeasuredSeconds !== null) {
    advised.add(unmeasuredSeconds);
  }
  return coarse.length === 0 && unmeasuredSeconds === null
    ? null
    : {
        addSeconds: [...advised].sort((a, b) => a - b),
        coarse,
        unmeasuredSeconds,
      };
}

/** The bucket in which a percentile lies. */
export function intervalAt(
  { boundsSeconds, shares }: LatencyShape,
  percentile: number,
): LatencyInterval {
  const within = shares.findIndex(share => share >= percentile);
  return bucketInterval(
    boundsSeconds,
    within < 0 ? boundsSeconds.length : within,
  );
}

/** Boundaries to add so that the next one above a percentile is at most twice as slow. */
function missingBoundaries(shape: LatencyShape, percentile: number): number[] {
  const { fromSeconds, toSeconds } = intervalAt(shape, percentile);
  if (toSeconds === null) {
    return fromSeconds > 0
      ? [2, 4].map(times => roundSeconds(times * fromSeconds))
      : NO_BOUNDARY_YET;
  }
  const seconds = secondsAt(shape, percentile) ?? 0;
  if (fromSeconds === 0) {
    const bound = shape.boundsSeconds.indexOf(toSeconds);
    // only a slope says how latencies lie below the lowest boundary
    const known = toSeconds === 0 || shape.slopes[bound] > 0;
    return known && toSeconds <= FARTHEST * seconds
      ? []
      : [4, 2].map(times => roundSeconds(toSeconds / times));
  }
  if (toSeconds <= FARTHEST * seconds) {
    return [];
  }
  const ratio = toSeconds / fromSeconds;
  const steps = Math.ceil(Math.log(ratio) / Math.log(ADVISED_RATIO));
  return Array.from(
    { length: steps - 1 },
    (_, i) => fromSeconds * ratio ** ((i + 1) / steps),
  )
    .filter(bound => bound >= seconds / FARTHEST && bound <= seconds * FARTHEST)
    .map(roundSeconds);
}

/** The nearest round number. */
function roundSeconds(seconds: number): number {
  const exponent = Math.floor(Math.log10(seconds));
  const mantissa = seconds / 10 ** exponent;
  const nearest = ROUND.reduce((best, round) =>
    Math.abs(Math.log(round / mantissa)) < Math.abs(Math.log(best / mantissa))
      ? round
      : best,
  );
  // through the decimal notation, so that 0.3 is 0.3 and not 3 · 0.1
  return Number(`${nearest}e${exponent}`);
}
