import { capitalised, formatRatio } from '../words';

/** By how much shares may differ from what is expected before it is worth a word. */
const TOLERANCE = 0.05;

/** Windows begin a quarter of a window apart, so that this many of them tell as much as one that stands alone. */
const OVERLAPPING = 4;

/** Fewer windows that stand alone than this can hardly tell a shape from chance. */
const FEW_ALONE = 100;

const sum = (shares: readonly number[]) =>
  shares.reduce((total, share) => total + share, 0);

type PitShape =
  'even' | 'too narrow' | 'too wide' | 'too optimistic' | 'too pessimistic';

/**
 * What is wrong with predicted distributions, from where in them the outcomes fell. A right distribution has a tenth
 * of the outcomes in each of its tenths; too many at both ends say that it is too narrow, too many in the middle that it
 * is too wide, and too many on one side that it is biased.
 *
 * @param histogram - share of outcomes in each tenth of the distribution of failures, fewest failures first
 * @param windows - number of outcomes, overlapping; two standard deviations of a half's share are within the tolerance
 */
export function pitShapes(
  histogram: readonly number[],
  windows: number,
): PitShape[] {
  const tolerance = Math.max(TOLERANCE, 1 / Math.sqrt(windows / OVERLAPPING));
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

/** What each shape means for what is promised; within a sentence. */
const shapeWords: Record<PitShape, string> = {
  even: 'the bars are about even: the predictions are neither too narrow nor too wide, and not biased.',
  'too narrow':
    'both ends are too high: the predictions are too narrow, and surprises come more often than said.',
  'too wide':
    'the middle is too high: the predictions are too wide, and promises more cautious than they need be.',
  'too optimistic':
    'the bars rise to the right: more fails than predicted, so the promises are too optimistic.',
  'too pessimistic':
    'the bars fall to the right: less fails than predicted, so the promises are too pessimistic.',
};

/** The same for the reader, as surely as so many windows tell it. */
export function pitShapeWords(
  histogram: readonly number[],
  windows: number,
): string {
  const shapes = pitShapes(histogram, windows);
  const words = shapes.map(shape => shapeWords[shape]);
  if (windows >= FEW_ALONE * OVERLAPPING) {
    return words.map(capitalised).join(' ');
  }
  return shapes.includes('even')
    ? 'So few windows, which overlap, do not tell whether the predictions are too narrow, too wide or biased.'
    : `As far as so few windows tell, which overlap: ${words.join(' ')}`;
}

export interface Tenth {
  id: string;
  /** For example `10 % to 20 %`. */
  name: string;
  /** From 1, the one with the fewest failures. */
  number: number;
  share: number;
}

/** The bars of the histogram with the part of the distribution that each stands for. */
export function tenths(histogram: readonly number[]): Tenth[] {
  return histogram.map((share, index) => {
    const from = formatRatio(index / histogram.length);
    const to = formatRatio((index + 1) / histogram.length);
    return {
      id: String(index),
      number: index + 1,
      name: `${from} to ${to}`,
      share,
    };
  });
}
