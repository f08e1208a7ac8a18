const CENTRE = [
  [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269,
    -30.66479806614716, 2.506628277459239,
  ],
  [
    -54.47609879822406, 161.5858368580409, -155.6989798598866,
    66.80131188771972, -13.28068155288572, 1,
  ],
];
const TAIL = [
  [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838,
    -2.549732539343734, 4.374664141464968, 2.938163982698783,
  ],
  [
    0.007784695709041462, 0.3224671290700398, 2.445134137142996,
    3.754408661907416, 1,
  ],
];
const TAIL_BELOW = 0.02425;

function rational([numerator, denominator]: number[][], x: number): number {
  const valueOf = (coefficients: number[]) =>
    coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
  return valueOf(numerator) / valueOf(denominator);
}

/** Standard normal quantile of a probability in (0, 1), to 1.2e-9 (Acklam's rational approximation). */
export function normalQuantile(probability: number): number {
  if (probability > 0.5) return -normalQuantile(1 - probability);
  if (probability < TAIL_BELOW) {
    return rational(TAIL, Math.sqrt(-2 * Math.log(probability)));
  }
  const centred = probability - 0.5;
  return centred * rational(CENTRE, centred ** 2);
}
