/** By how much shares may differ from what is expected before it is worth a word. */
const TOLERANCE = 0.05;

const sum = (shares: readonly number[]) =>
  shares.reduce((total, share) => total + share, 0);

export type PitShape =
  'even' | 'too narrow' | 'too wide' | 'too optimistic' | 'too pessimistic';

/**
 * What is wrong with predicted distributions, from where in them the outcomes fell. A right distribution has a tenth
 * of the outcomes in each of its tenths; too many at both ends say that it is too narrow, too many in the middle that it
 * is too wide, and too many on one side that it is biased.
 *
 * @param histogram - share of outcomes in each tenth of the distribution of failures, fewest failures first
 * @param windows - number of outcomes; two standard deviations of a half's share are within the tolerance
 */
export function pitShapes(
  histogram: readonly number[],
  windows: number,
): PitShape[] {
  const tolerance = Math.max(TOLERANCE, 1 / Math.sqrt(windows));
  const ends =
    sum(histogram.slice(0, 2)) +
    sum(histogram.slice(-2)) -
    4 / histogram.length;
  const upperHalf = sum(histogram.slice(histogram.length / 2)) - 0.5;
  const shapes: PitShape[] = [];
  if (ends > tolerance) shapes.push('too narrow');
  if (ends < -tolerance) shapes.push('too wide');
  if (upperHalf > tolerance) shapes.push('too optimistic');
  if (upperHalf < -tolerance) shapes.push('too pessimistic');
  return shapes.length > 0 ? shapes : ['even'];
}

/** The same for the reader, with what it means for what is promised. */
export const pitShapeWords: Record<PitShape, string> = {
  even: 'The bars are about even: the predictions are neither too narrow nor too wide, and not biased.',
  'too narrow':
    'Both ends are too high: the predictions are too narrow, and surprises come more often than said.',
  'too wide':
    'The middle is too high: the predictions are too wide, and promises more cautious than they need be.',
  'too optimistic':
    'The bars rise to the right: more fails than predicted, so the promises are too optimistic.',
  'too pessimistic':
    'The bars fall to the right: less fails than predicted, so the promises are too pessimistic.',
};
