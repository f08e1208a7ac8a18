import { EngineInputError, type CountSeries } from '../sli';
import {
  addBuckets,
  requireLatencyHistory,
  type LatencyHistory,
} from './LatencyHistory';

/**
 * Counts of the SLI "faster than the boundary": `total` all requests, `bad` those slower than bound `boundIndex`. Bad
 * never exceeds total, and never rises with the bound. Unknown and impossible hours are NaN in both.
 *
 * Throws an EngineInputError for a history that is not shaped as described, and for a bound that does not exist.
 */
export function thresholdSeries(
  history: LatencyHistory,
  boundIndex: number,
): CountSeries {
  return allThresholdSeries(history, [boundIndex])[0];
}

/** The series of several boundaries, in ascending order, made in one go. They share their `total`. */
export function allThresholdSeries(
  history: LatencyHistory,
  boundIndices: readonly number[],
): CountSeries[] {
  requireLatencyHistory(history);
  const { startMs, boundsSeconds, counts } = history;
  const wrong = boundIndices.find(index => !(index in boundsSeconds));
  if (wrong !== undefined) {
    throw new EngineInputError(
      `boundIndex is ${wrong}; pass the index of one of the ${boundsSeconds.length} bounds`,
    );
  }
  // slowest first, as the sum over more buckets must never be less
  const total = new Float64Array(counts[0].length);
  let added = counts.length;
  const slower = boundIndices.toReversed().map(boundIndex => {
    addBuckets(total, counts.slice(boundIndex + 1, added), 0);
    added = boundIndex + 1;
    return total.slice();
  });
  addBuckets(total, counts.slice(0, added), 0);
  return slower.toReversed().map(bad => {
    for (let hour = 0; hour < total.length; hour++) {
      if (Number.isNaN(total[hour])) {
        bad[hour] = NaN;
      }
    }
    return { startMs, total, bad };
  });
}
