import type { Recommendation } from 'backstage-plugin-slo-recommender-common';

/** Whether there is something to promise: what is borrowed has numbers although the own data do not suffice. */
export function hasNumbers({
  predicted,
  verdict,
}: Pick<Recommendation, 'predicted' | 'verdict'>): boolean {
  return predicted !== null && verdict !== 'invalid';
}
