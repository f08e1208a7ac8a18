import type { SteadyLevels } from './steadyLevels';

/**
 * Levels of a range of days, freed of an autocorrelation from each day to the next (Cochrane and Orcutt 1949, the first
 * day kept as in Prais and Winsten 1954): element i is the level of day i less what day i − 1 lets expect.
 */
export interface FreedLevels {
  value: Float64Array;
  /** What is left of a constant of 1: of any mean, and of any step after its first day. */
  constant: Float64Array;
  weight: Float64Array;
  /** Weighted sums of constant² and of constant · value over day i and all later ones; 0 after the last. */
  squaresFrom: Float64Array;
  productsFrom: Float64Array;
  /** Weighted sum of squares that a mean leaves over. */
  residual: number;
  /** What the freeing itself adds to the log-likelihood. */
  logScale: number;
}

/** Room for as many days, to be filled again and again. */
export function roomForDays(days: number): FreedLevels {
  return {
    value: new Float64Array(days),
    constant: new Float64Array(days),
    weight: new Float64Array(days),
    squaresFrom: new Float64Array(days + 1),
    productsFrom: new Float64Array(days + 1),
    residual: 0,
    logScale: 0,
  };
}

/**
 * Fills `freed` from the levels of the days from `from` on.
 *
 * @param autocorrelation - in [0, 1); over days that are not known its power.
 */
export function freeOfAutocorrelation(
  { day, level, weight }: SteadyLevels,
  from: number,
  autocorrelation: number,
  freed: FreedLevels,
): void {
  const days = freed.value.length;
  let squares = 0;
  let logScale = 0;
  for (let i = days - 1; i >= 0; i--) {
    const at = from + i;
    const gap = i > 0 ? day[at] - day[at - 1] : Infinity;
    const kept = gap === 1 ? autocorrelation : autocorrelation ** gap;
    const left = 1 - kept * kept;
    const value = i > 0 ? level[at] - kept * level[at - 1] : level[at];
    const constant = 1 - kept;
    const scaled = weight[at] / left;
    freed.value[i] = value;
    freed.constant[i] = constant;
    freed.weight[i] = scaled;
    freed.squaresFrom[i] =
      freed.squaresFrom[i + 1] + scaled * constant * constant;
    freed.productsFrom[i] =
      freed.productsFrom[i + 1] + scaled * constant * value;
    squares += scaled * value * value;
    logScale -= Math.log(left) / 2;
  }
  freed.residual = squares - freed.productsFrom[0] ** 2 / freed.squaresFrom[0];
  freed.logScale = logScale;
}

/** Squares are never less than what rounding leaves of levels without any noise. */
const LEAST_RESIDUAL = 1e-6;

/** Log-likelihood of normal noise whose variance is chosen best, but for a constant of the range. */
export function logLikelihood(
  { value, logScale }: FreedLevels,
  residual: number,
): number {
  return logScale - (value.length / 2) * Math.log(residual + LEAST_RESIDUAL);
}

/**
 * Weighted sum of squares that is left over by the best mean and step together, a step on the first of [step, end);
 * `step` is at least 1.
 */
export function residualOfStep(freed: FreedLevels, step: number): number {
  const { value, constant, weight, squaresFrom, productsFrom } = freed;
  // on its first day a step is seen whole, afterwards as any constant
  const squares = weight[step] + squaresFrom[step + 1];
  const crossed = weight[step] * constant[step] + squaresFrom[step + 1];
  const products = weight[step] * value[step] + productsFrom[step + 1];
  const own = squares - crossed ** 2 / squaresFrom[0];
  const explained = products - (crossed * productsFrom[0]) / squaresFrom[0];
  return Math.max(0, freed.residual - explained ** 2 / own);
}
