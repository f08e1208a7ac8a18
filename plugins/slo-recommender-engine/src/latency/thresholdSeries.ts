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
  requireLatencyHistory(history);
  const { startMs, boundsSeconds, counts } = history;
  if (!(boundIndex in boundsSeconds)) {
    throw new EngineInputError(
      `boundIndex is ${boundIndex}; pass the index of one of the ${boundsSeconds.length} bounds`,
    );
  }
  const bad = new Float64Array(counts[0].length);
  addBuckets(bad, counts.slice(boundIndex + 1), 0);
  const total = bad.slice();
  addBuckets(total, counts.slice(0, boundIndex + 1), 0);
  for (let hour = 0; hour < total.length; hour++) {
    if (Number.isNaN(total[hour])) {
      bad[hour] = NaN;
    }
  }
  return { startMs, total, bad };
}
