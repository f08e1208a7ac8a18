import { LEVELS, probabilityWithin, type Distribution } from '../predict';

/** Unavailabilities at which distributions are mixed: 20 to a power of ten, from 1e-8 to 1. */
const PER_DECADE = 20;
const DECADES = 8;
const GRID = Float64Array.from(
  { length: DECADES * PER_DECADE + 1 },
  (_, i) => 10 ** (i / PER_DECADE - DECADES),
);

/** Probabilities are added in whole units of this, which is exact: a sum does not depend on the order of services. */
const UNIT = 2 ** -36;

/**
 * The distribution of the next window of a service drawn at random from those given, of which there is at least one:
 * the mean of their distribution functions, not of their quantiles. It is as wide as they differ.
 */
export function mixtureOf(members: readonly Distribution[]): Distribution {
  const within = new Float64Array(GRID.length);
  for (const member of members) {
    for (let i = 0; i < GRID.length; i++) {
      within[i] += Math.round(probabilityWithin(member, GRID[i]) / UNIT);
    }
  }
  const mixture = new Float64Array(LEVELS.length);
  let above = 0;
  for (let i = 0; i < LEVELS.length; i++) {
    const wanted = (LEVELS[i] * members.length) / UNIT;
    while (above < GRID.length - 1 && within[above] < wanted) above++;
    mixture[i] = inverseOf(within, above, wanted);
  }
  return mixture;
}

/** Between two points of the grid linear in the logarithm, below the first linear down to 0. */
function inverseOf(
  within: Float64Array,
  above: number,
  wanted: number,
): number {
  if (above === 0) {
    return GRID[0] * (wanted / within[0]);
  }
  const share =
    (wanted - within[above - 1]) / (within[above] - within[above - 1]);
  return Math.min(
    1,
    GRID[above - 1] * (GRID[above] / GRID[above - 1]) ** share,
  );
}
