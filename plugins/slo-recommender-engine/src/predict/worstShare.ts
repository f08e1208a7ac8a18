import type { Blocks } from './blocks';

/**
 * The worst share of failures of a block, in [0, 1]. Quiet blocks are measured against the mean block's traffic, so
 * that one failure among three requests is not taken for an outage.
 */
export function worstShare({ good, bad }: Blocks): number {
  const meanGood = good.reduce((sum, count) => sum + count, 0) / good.length;
  let worst = 0;
  for (let i = 0; i < good.length; i++) {
    if (bad[i] > 0) {
      worst = Math.max(worst, bad[i] / (bad[i] + Math.max(good[i], meanGood)));
    }
  }
  return worst;
}
