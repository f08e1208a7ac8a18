/**
 * Probabilities at which a predictive distribution is kept, ascending in (0, 1): hundredths, and finer where the
 * tiers are.
 */
export const LEVELS: Float64Array = Float64Array.of(
  ...Array.from({ length: 94 }, (_, i) => (i + 1) / 100),
  ...Array.from({ length: 9 }, (_, i) => (950 + 5 * i) / 1000),
  ...Array.from({ length: 9 }, (_, i) => (991 + i) / 1000),
);

/**
 * Predictive distribution of the next window's unavailability: element i is the share of bad requests, in [0, 1],
 * that is not exceeded with probability `LEVELS[i]`. Ascending.
 */
export type Distribution = Float64Array;

const LAST = LEVELS.length - 1;

/** The distribution of samples, which must be sorted, and at least one. */
export function distributionOf(sorted: Float64Array): Distribution {
  const distribution = new Float64Array(LEVELS.length);
  for (let i = 0; i < LEVELS.length; i++) {
    // of n samples the k-th lies at k / (n + 1)
    const place = LEVELS[i] * (sorted.length + 1) - 1;
    const below = Math.min(
      sorted.length - 1,
      Math.max(0, Math.floor(place + 1e-9)),
    );
    const above = Math.min(sorted.length - 1, below + 1);
    const share = Math.min(1, Math.max(0, place - below));
    distribution[i] = sorted[below] + share * (sorted[above] - sorted[below]);
  }
  return distribution;
}

/**
 * The unavailability that is not exceeded with the probability given, in [0, 1]: linear between levels, down to 0, and
 * above the highest by a Pareto law of index 1, by which twice as bad is half as likely.
 */
export function quantileOf(
  distribution: Distribution,
  probability: number,
): number {
  if (probability >= LEVELS[LAST]) {
    const rarity = Math.max(1e-12, 1 - probability);
    return Math.min(1, (distribution[LAST] * (1 - LEVELS[LAST])) / rarity);
  }
  if (probability <= LEVELS[0]) {
    return distribution[0] * Math.max(0, probability / LEVELS[0]);
  }
  const above = firstAbove(LEVELS, probability);
  const share =
    (probability - LEVELS[above - 1]) / (LEVELS[above] - LEVELS[above - 1]);
  return (
    distribution[above - 1] +
    share * (distribution[above] - distribution[above - 1])
  );
}

/**
 * The probability in [0, 1] that the unavailability is at most the one given: the inverse of `quantileOf`. Where
 * several levels share a value, it is the highest of them. Never 1.
 */
export function probabilityWithin(
  distribution: Distribution,
  unavailability: number,
): number {
  const above = firstAbove(distribution, unavailability);
  if (above === 0) {
    return (LEVELS[0] * unavailability) / distribution[0];
  }
  if (above > LAST) {
    return (
      1 -
      (1 - LEVELS[LAST]) *
        Math.max(1e-6, distribution[LAST] / Math.max(unavailability, 1e-300))
    );
  }
  const share =
    (unavailability - distribution[above - 1]) /
    (distribution[above] - distribution[above - 1]);
  return LEVELS[above - 1] + share * (LEVELS[above] - LEVELS[above - 1]);
}

/** Index of the first element above the value; the length where there is none. */
function firstAbove(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
