import type {
  BucketAdvice,
  LatencyProfile,
} from 'backstage-plugin-slo-recommender-common';

/** The boundaries of a histogram together with those to add, as a list to paste into a configuration: `[0.1, 0.3, 1]`. */
export function boundariesWith(
  histogram: LatencyProfile['histogram'],
  { addSeconds }: Pick<BucketAdvice, 'addSeconds'>,
): string {
  const boundaries = new Set([
    ...histogram.flatMap(({ toSeconds }) => toSeconds ?? []),
    ...addSeconds,
  ]);
  return `[${[...boundaries].sort((a, b) => a - b).join(', ')}]`;
}
