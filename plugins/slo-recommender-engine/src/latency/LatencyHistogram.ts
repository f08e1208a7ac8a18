import { EngineInputError } from '../sli';

/** Requests by bucket of latency, the sum of a range of hours. */
export interface LatencyHistogram {
  /** As in the history: upper bounds in seconds of all buckets but the last one. */
  boundsSeconds: Float64Array;
  /** One finite count per bucket, not negative; one more than there are bounds. */
  counts: Float64Array;
}

/** Bounds other than 0 s lie between these: what is shorter or longer nobody waits for. */
export const SHORTEST_BOUND_SECONDS = 1e-6;
export const LONGEST_BOUND_SECONDS = 1e5;

function isBound(seconds: number): boolean {
  return (
    seconds === 0 ||
    (seconds >= SHORTEST_BOUND_SECONDS && seconds <= LONGEST_BOUND_SECONDS)
  );
}

/** Throws an EngineInputError unless the bounds of the buckets but the last one ascend, and can be. */
export function requireBounds(name: string, boundsSeconds: Float64Array): void {
  boundsSeconds.forEach((bound, i) => {
    const least = i > 0 ? boundsSeconds[i - 1] : -1;
    if (!(isBound(bound) && bound > least)) {
      throw new EngineInputError(
        `${name}[${i}] is ${bound}; pass upper bounds in seconds in ascending order, each 0 or ` +
          `from ${SHORTEST_BOUND_SECONDS} to ${LONGEST_BOUND_SECONDS}, and leave out the infinite one`,
      );
    }
  });
}

/** Throws an EngineInputError unless the threshold is finite and above 0 s. */
export function requireThreshold(name: string, seconds: number): void {
  if (!(seconds > 0 && seconds < Infinity)) {
    throw new EngineInputError(
      `${name} is ${seconds}; pass a latency above 0 s, for example 0.3 for 300 ms`,
    );
  }
}

/** A range in which a latency is known to lie, in seconds: more a histogram cannot say. */
export interface LatencyInterval {
  fromSeconds: number;
  /** Null where it lies above the highest boundary. */
  toSeconds: number | null;
}

/**
 * Share in [0, 1] of the requests that were not slower than each bound, and how many requests there are. The shares
 * are 0 and 1 exactly where no request was faster, or none slower; NaN where there are no requests.
 */
export function sharesWithin({ boundsSeconds, counts }: LatencyHistogram): {
  shares: Float64Array;
  requests: number;
} {
  const requests = counts.reduceRight((sum, count) => sum + count, 0);
  const shares = new Float64Array(boundsSeconds.length);
  let slower = 0;
  for (let i = shares.length - 1; i >= 0; i--) {
    slower += counts[i + 1];
    shares[i] = (requests - slower) / requests;
  }
  return { shares, requests };
}

/** Range of latencies that bucket i stands for. */
export function bucketInterval(
  boundsSeconds: Float64Array,
  i: number,
): LatencyInterval {
  return {
    fromSeconds: i > 0 ? boundsSeconds[i - 1] : 0,
    toSeconds: i < boundsSeconds.length ? boundsSeconds[i] : null,
  };
}
