/**
 * A distribution of latencies as masses on a grid of fixed latencies: element 0 is the share at 0 s, element k at
 * `gridSeconds(k)`, and the last element the share of which nothing is known but that it is slower than any boundary.
 */
export type GridMasses = Float64Array;

const STEPS_PER_OCTAVE = 16;
const OCTAVES_BELOW_SECOND = 17;
const OCTAVES_ABOVE_SECOND = 17;

/** The highest latency of the grid: 2^17 s, a day and a half. The lowest but 0 is 2^−17 s, 8 µs. */
const HIGHEST =
  1 + (OCTAVES_BELOW_SECOND + OCTAVES_ABOVE_SECOND) * STEPS_PER_OCTAVE;

/** Index of the share beyond every boundary. */
export const BEYOND = HIGHEST + 1;

/** Ratio of two neighbours: 4.4 % apart. */
const GRID_STEP = 2 ** (1 / STEPS_PER_OCTAVE);

/** The latency at a place on the grid, which may lie between two elements; 0 at element 0. */
export function gridSeconds(place: number): number {
  return place < 0.5
    ? 0
    : 2 ** ((place - 1) / STEPS_PER_OCTAVE - OCTAVES_BELOW_SECOND);
}

/** Place of a positive latency on the grid, between 0.5 and the highest element. */
export function gridPlace(seconds: number): number {
  const place =
    1 + STEPS_PER_OCTAVE * (Math.log2(seconds) + OCTAVES_BELOW_SECOND);
  return Math.min(HIGHEST, Math.max(0.5, place));
}

export function emptyGrid(): GridMasses {
  return new Float64Array(BEYOND + 1);
}

/**
 * The sum of two latencies that differ by d elements, as elements above the slower one. A sum between two elements is
 * shared between them so that the mean is kept: `upper[d]` goes to the one above.
 */
const { shifts, upper } = tabulateSums();

function tabulateSums() {
  const differences = HIGHEST;
  const tabulated = {
    shifts: new Int32Array(differences),
    upper: new Float64Array(differences),
  };
  for (let d = 0; d < differences; d++) {
    const ratio = 1 + GRID_STEP ** -d;
    const shift = Math.floor(STEPS_PER_OCTAVE * Math.log2(ratio));
    const below = GRID_STEP ** shift;
    tabulated.shifts[d] = shift;
    tabulated.upper[d] = Math.max(0, (ratio / below - 1) / (GRID_STEP - 1));
  }
  return tabulated;
}

/**
 * Distribution of the sum of two independent latencies. On a grid of constant ratios the sum of two elements depends on
 * their distance alone, so that a convolution is multiplications and a table. Fastest where `b` is the one with more zeros.
 */
export function addLatencies(a: GridMasses, b: GridMasses): GridMasses {
  const sums = new Float64Array(BEYOND + STEPS_PER_OCTAVE + 2);
  const first = firstOccupied(a);
  const last = lastOccupied(a);
  for (let i = 1; i <= HIGHEST; i++) {
    const mass = b[i];
    if (mass > 0) {
      for (let j = first; j <= last; j++) {
        const slower = i > j ? i : j;
        const d = i > j ? i - j : j - i;
        const both = mass * a[j];
        const above = both * upper[d];
        const at = slower + shifts[d];
        sums[at] += both - above;
        sums[at + 1] += above;
      }
    }
  }
  const result = emptyGrid();
  result[0] = a[0] * b[0];
  for (let i = 1; i <= HIGHEST; i++) {
    result[i] = sums[i] + a[0] * b[i] + a[i] * b[0];
  }
  result[BEYOND] = a[BEYOND] + b[BEYOND] - a[BEYOND] * b[BEYOND];
  for (let i = BEYOND; i < sums.length; i++) {
    result[BEYOND] += sums[i];
  }
  return result;
}

/** Distribution of the slower of two independent latencies: the product of what is not exceeded by each. */
export function slowerLatency(a: GridMasses, b: GridMasses): GridMasses {
  const result = emptyGrid();
  let withinA = 0;
  let withinB = 0;
  for (let i = 0; i <= BEYOND; i++) {
    withinB += b[i];
    result[i] = a[i] * withinB + withinA * b[i];
    withinA += a[i];
  }
  return result;
}

function firstOccupied(masses: GridMasses): number {
  let i = 1;
  while (i <= HIGHEST && masses[i] === 0) i++;
  return i;
}

function lastOccupied(masses: GridMasses): number {
  let i = HIGHEST;
  while (i > 0 && masses[i] === 0) i--;
  return i;
}
