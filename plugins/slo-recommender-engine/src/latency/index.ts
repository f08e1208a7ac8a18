export { latencyFaults, type LatencyHistory } from './LatencyHistory';
export {
  LONGEST_BOUND_SECONDS,
  SHORTEST_BOUND_SECONDS,
  type LatencyHistogram,
  type LatencyInterval,
} from './LatencyHistogram';
export { allThresholdSeries, thresholdSeries } from './thresholdSeries';
export type { LatencyQuestion, PromisedLatency } from './lastWindow';
export { latencyProfile, type LatencyProfile } from './latencyProfile';
export type { BucketAdvice } from './bucketAdvice';
export type { Bimodality } from './bimodality';
export { candidateThresholds } from './candidateThresholds';
export {
  frontierOf,
  type FrontierPoint,
  type FrontierReason,
  type LatencyFrontier,
  type ThresholdResult,
} from './frontier';
export {
  latencyDistribution,
  latencyInParallel,
  latencyInSequence,
  latencyQuantile,
  type LatencyDistribution,
  type LatencyQuantile,
} from './LatencyDistribution';
