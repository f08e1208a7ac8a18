import { floorToHour, HOUR_MS, requireObjective, requireWindow } from '../sli';
import { requireThreshold, type LatencyHistogram } from './LatencyHistogram';
import {
  hourlyRequests,
  hoursAsOf,
  requireLatencyHistory,
  type LatencyHistory,
} from './LatencyHistory';

/** An objective for latency that is in force. */
export interface PromisedLatency {
  /** Fraction in (0, 1). */
  objective: number;
  thresholdSeconds: number;
}

/** What is asked of a latency history. */
export interface LatencyQuestion {
  /** Instant of the analysis in milliseconds; nothing later is looked at. */
  asOfMs: number;
  /** Length of the objective window in milliseconds: whole days, 1 to 90. */
  windowMs: number;
  promised?: PromisedLatency;
}

/**
 * The sum of the known hours of the window that ends with the analysis.
 *
 * Throws an EngineInputError for a history that is not shaped as described, an instant outside of 1970 to 9999, a
 * window that is not of 1 to 90 whole days, and a promise that is none.
 */
export function lastWindow(
  history: LatencyHistory,
  { asOfMs, windowMs, promised }: LatencyQuestion,
): LatencyHistogram {
  requireLatencyHistory(history);
  requireWindow(windowMs);
  if (promised) {
    requireObjective('promised.objective', promised.objective);
    requireThreshold('promised.thresholdSeconds', promised.thresholdSeconds);
  }
  const windowStartMs = floorToHour(asOfMs) - windowMs;
  const from = Math.max(0, (windowStartMs - history.startMs) / HOUR_MS);
  const requests = hourlyRequests(history, from, hoursAsOf(history, asOfMs));
  const counts = Float64Array.from(history.counts, bucket => {
    let sum = 0;
    for (let hour = 0; hour < requests.length; hour++) {
      if (requests[hour] >= 0) {
        sum += bucket[from + hour];
      }
    }
    return sum;
  });
  return { boundsSeconds: history.boundsSeconds, counts };
}
