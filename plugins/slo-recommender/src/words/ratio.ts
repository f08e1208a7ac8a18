import {
  formatProbability as formatBreakableProbability,
  formatRatio as formatBreakableRatio,
} from 'backstage-plugin-slo-recommender-common';
import { unbroken } from './unbroken';

/** An availability or objective as a percentage, cut to as many digits as its nines need: `99.95 %`. */
export function formatRatio(ratio: number): string {
  return unbroken(formatBreakableRatio(ratio));
}

/** A probability as whole per cent, in tenths close to the ends: `92 %`, `> 99.9 %`. */
export function formatProbability(probability: number): string {
  return unbroken(formatBreakableProbability(probability));
}
