import { keepsObjective } from '../sli';

/**
 * P(meet): the probability in (0, 1) that the next window meets the objective, from the sorted unavailabilities that
 * `predictUnavailability` returns. Half a replicate is added either way, for no finite number of them shows a
 * certainty. Of no samples at all the answer is 0.5.
 */
export function attainmentOf(samples: Float64Array, objective: number): number {
  let kept = 0;
  let broken = samples.length;
  while (kept < broken) {
    const middle = (kept + broken) >>> 1;
    if (keepsObjective(samples[middle], 1, objective)) {
      kept = middle + 1;
    } else {
      broken = middle;
    }
  }
  return (kept + 0.5) / (samples.length + 1);
}

/**
 * The unavailability that the next window stays at or below with the probability given, before any rounding to a
 * rung: the smallest sample with at least that share of the samples at or below it. Null where there are no samples.
 */
export function quantileOf(
  samples: Float64Array,
  probability: number,
): number | null {
  if (samples.length === 0) {
    return null;
  }
  const index = Math.ceil(probability * samples.length) - 1;
  return samples[Math.min(samples.length - 1, Math.max(0, index))];
}
