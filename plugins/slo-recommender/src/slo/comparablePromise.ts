import {
  isSameThreshold,
  type Recommendation,
} from 'backstage-plugin-slo-recommender-common';

/** Today's promise where it is of the very SLI at hand; null where there is none, or one with another latency threshold. */
export function comparablePromise({
  promised,
  thresholdSeconds,
}: Pick<
  Recommendation,
  'promised' | 'thresholdSeconds'
>): Recommendation['promised'] {
  return promised?.thresholdSeconds === undefined ||
    isSameThreshold(promised.thresholdSeconds, thresholdSeconds)
    ? promised
    : null;
}
