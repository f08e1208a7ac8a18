import type { CountFault } from '../sli';
import { findBimodality, type Bimodality } from './bimodality';
import {
  bucketAdvice,
  intervalAt,
  PERCENTILES,
  type BucketAdvice,
} from './bucketAdvice';
import { lastWindow, type LatencyQuestion } from './lastWindow';
import { latencyFaults, type LatencyHistory } from './LatencyHistory';
import {
  bucketInterval,
  sharesWithin,
  type LatencyHistogram,
  type LatencyInterval,
} from './LatencyHistogram';
import { latencyShape } from './latencyShape';

/** What is known of the latencies of a service over the last window. */
export interface LatencyProfile {
  /** Requests of the known hours of the window. Where there are none, nothing else is known. */
  requests: number;
  /** Share of the requests between boundaries, from 0 s on, without gaps; empty buckets at either end are taken together. */
  histogram: (LatencyInterval & { share: number })[];
  /** The buckets in which p50, p90, p95 and p99 lie. */
  quantiles: { quantile: number; interval: LatencyInterval }[];
  bucketAdvice: BucketAdvice | null;
  bimodal: Bimodality | null;
  /** Hours of the whole history whose counts cannot be. They are taken for unknown. */
  faults: CountFault[];
}

/**
 * Describes the latencies of the window that ends with the analysis.
 *
 * Throws an EngineInputError for a history that is not shaped as described, an instant outside of 1970 to 9999, and a
 * window that is not of 1 to 90 whole days.
 */
export function latencyProfile(
  history: LatencyHistory,
  question: LatencyQuestion,
): LatencyProfile {
  const histogram = lastWindow(history, question);
  const faults = latencyFaults(history, question.asOfMs);
  const { requests } = sharesWithin(histogram);
  if (requests === 0) {
    return {
      requests,
      histogram: [],
      quantiles: [],
      bucketAdvice: null,
      bimodal: null,
      faults,
    };
  }
  const shape = latencyShape(histogram);
  return {
    requests,
    histogram: sharesOfBuckets(histogram, requests),
    quantiles: PERCENTILES.map(quantile => ({
      quantile,
      interval: intervalAt(shape, quantile),
    })),
    bucketAdvice: bucketAdvice(shape, question.promised),
    bimodal: findBimodality(histogram),
    faults,
  };
}

function sharesOfBuckets(
  { boundsSeconds, counts }: LatencyHistogram,
  requests: number,
): LatencyProfile['histogram'] {
  const first = counts.findIndex(count => count > 0);
  const last = counts.findLastIndex(count => count > 0);
  const buckets = Array.from(counts.subarray(first, last + 1), (count, i) => ({
    ...bucketInterval(boundsSeconds, first + i),
    share: count / requests,
  }));
  if (first > 0) {
    const toSeconds = boundsSeconds[first - 1];
    buckets.unshift({ fromSeconds: 0, toSeconds, share: 0 });
  }
  if (last < boundsSeconds.length) {
    const fromSeconds = boundsSeconds[last];
    buckets.push({ fromSeconds, toSeconds: null, share: 0 });
  }
  return buckets;
}
