import {
  freeOfAutocorrelation,
  logLikelihood,
  residualOfStep,
  roomForDays,
} from './stepFit';
import type { SteadyLevels } from './steadyLevels';

/** A step in the level of a range of days. */
export interface Shift {
  /** Index of the first day of the new level. */
  at: number;
  /** Log-likelihood that the step adds to autocorrelated noise alone, hints included. */
  evidence: number;
}

/** Where a step may be, among days [from, to). */
export interface ShiftSearch {
  from: number;
  to: number;
  /** Fewest of these days before the step, and from it on; at least 1. */
  leastDays: number;
  /** For each day what speaks for a step on it beforehand, in log-likelihood; 0 for nothing. */
  hints: Float64Array;
}

/** Autocorrelations from one day to the next that are tried. */
const AUTOCORRELATIONS = [0, 0.25, 0.5, 0.7, 0.85];

/** The step is said to be in the middle of the days, as many on either side, that most probably contain it. */
const REACH = 3;

/**
 * What neighbouring days say is flattened by this power before days are compared: they tell no more than a third as
 * well as the model thinks, for noise is not normal and some changes take days.
 */
const FLATTENING = 3;

/**
 * The step that explains the levels best.
 *
 * Levels are a mean plus first-order autoregressive noise, whose correlation is chosen anew with and without the step
 * (generalised likelihood ratio; for autocorrelated noise Picard 1985). Days that are not known make the correlation
 * of their neighbours as much weaker. Null where there are too few days.
 */
export function findShift(
  levels: SteadyLevels,
  search: ShiftSearch,
): Shift | null {
  const { from, to, leastDays, hints } = search;
  const days = to - from;
  const first = leastDays;
  const end = days - leastDays + 1;
  if (end <= first) {
    return null;
  }
  const freed = roomForDays(days);
  const gains = new Float64Array(end - first).fill(-Infinity);
  let without = -Infinity;
  let best = -Infinity;
  for (const autocorrelation of AUTOCORRELATIONS) {
    freeOfAutocorrelation(levels, from, autocorrelation, freed);
    without = Math.max(without, logLikelihood(freed, freed.residual));
    for (let i = first; i < end; i++) {
      const gain =
        logLikelihood(freed, residualOfStep(freed, i)) + hints[from + i];
      gains[i - first] = Math.max(gains[i - first], gain);
      best = Math.max(best, gain);
    }
  }
  const odds = gains.map(gain => Math.exp((gain - best) / FLATTENING));
  return {
    at: from + first + mostProbable(odds),
    evidence: best - without,
  };
}

/** The middle of the stretch with the greatest sum; of equal ones that with the greatest odds itself. */
function mostProbable(odds: Float64Array): number {
  let result = 0;
  let most = -1;
  for (let i = 0; i < odds.length; i++) {
    let sum = 1e-3 * odds[i];
    const end = Math.min(odds.length - 1, i + REACH);
    for (let j = Math.max(0, i - REACH); j <= end; j++) {
      sum += odds[j];
    }
    if (sum > most) {
      most = sum;
      result = i;
    }
  }
  return result;
}
