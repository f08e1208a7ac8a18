import type { ProbabilityInterval } from 'backstage-plugin-slo-recommender-common';
import { formatProbability } from './ratio';

/** A probability within a sentence: `92 %`, `more than 99.9 %`, `less than 0.1 %`. */
export function formatProbabilityInWords(probability: number): string {
  return formatProbability(probability)
    .replace(/^>\s/, 'more than ')
    .replace(/^<\s/, 'less than ');
}

/** Between which probabilities another lies: `88 % to 95 %`. */
export function formatProbabilityInterval({
  from,
  to,
}: ProbabilityInterval): string {
  return `${formatProbability(from)} to ${formatProbability(to)}`;
}
