import {
  EngineInputError,
  floorToHour,
  HOUR_MS,
  requireInstant,
  type CountFault,
} from '../sli';
import { requireBounds } from './LatencyHistogram';

/**
 * Requests of one service per hour and bucket of latency: element h of each array of `counts` covers
 * [startMs + h h, startMs + (h + 1) h).
 *
 * Bucket i holds the requests slower than bound i − 1 and not slower than bound i, as the buckets of Prometheus and
 * OpenTelemetry do; the last one holds those slower than every bound. Counts are not cumulative. NaN means unknown; an
 * hour is known only where all of its buckets are. Counts may be fractional, as rates extrapolated to an hour are.
 */
export interface LatencyHistory {
  /** Start of the first hour, on a full UTC hour. */
  startMs: number;
  /** Upper bounds of the buckets but the last one, in seconds: ascending, each 0 or from 1e-6 to 1e5. */
  boundsSeconds: Float64Array;
  /** One array per bucket, all of the same hours: one more than there are bounds. */
  counts: Float64Array[];
}

/** Beyond this a double skips whole numbers. */
const LARGEST_COUNT = 2 ** 53;

/** Boundaries printed and read again, or converted from milliseconds, are the same to this relative difference. */
const SAME_BOUND = 1e-6;

/** Throws an EngineInputError where the history is not shaped as described. What the counts say is not looked at. */
export function requireLatencyHistory(history: LatencyHistory): void {
  const { startMs, boundsSeconds, counts } = history;
  requireInstant('history.startMs', startMs);
  if (startMs % HOUR_MS !== 0) {
    throw new EngineInputError(
      `history.startMs is ${startMs}, which is not on a full UTC hour; align the history to hours`,
    );
  }
  requireBounds('history.boundsSeconds', boundsSeconds);
  if (counts.length !== boundsSeconds.length + 1) {
    throw new EngineInputError(
      `history.counts has ${counts.length} buckets for ${boundsSeconds.length} bounds; ` +
        `pass one bucket per bound and one for what is slower than all of them`,
    );
  }
  const hours = counts[0].length;
  const other = counts.findIndex(bucket => bucket.length !== hours);
  if (other > 0) {
    throw new EngineInputError(
      `history.counts[0] has ${hours} hours and history.counts[${other}] has ${counts[other].length}; ` +
        `pass all buckets for the same hours, with NaN where a count is unknown`,
    );
  }
}

/** Hours of the history that were over at `asOfMs`. Throws an EngineInputError for an instant outside of 1970 to 9999. */
export function hoursAsOf(history: LatencyHistory, asOfMs: number): number {
  requireInstant('asOfMs', asOfMs);
  const elapsed = (floorToHour(asOfMs) - history.startMs) / HOUR_MS;
  return Math.max(0, Math.min(history.counts[0].length, elapsed));
}

/**
 * Requests per hour of the hours in [from, to), NaN where a bucket is unknown or impossible. Buckets are added slowest
 * first, so that sums over more of them are never less.
 */
export function hourlyRequests(
  history: LatencyHistory,
  from: number,
  to: number,
): Float64Array {
  const requests = new Float64Array(Math.max(0, to - from));
  addBuckets(requests, history.counts, from);
  return requests;
}

/** Adds buckets to sums per hour, the last one first; element 0 of the sums is hour `from`. */
export function addBuckets(
  sums: Float64Array,
  buckets: readonly Float64Array[],
  from: number,
): void {
  for (let i = buckets.length - 1; i >= 0; i--) {
    const bucket = buckets[i];
    for (let hour = 0; hour < sums.length; hour++) {
      const count = bucket[from + hour];
      sums[hour] += count >= 0 && count <= LARGEST_COUNT ? count : NaN;
    }
  }
  for (let hour = 0; hour < sums.length; hour++) {
    if (sums[hour] > LARGEST_COUNT) {
      sums[hour] = NaN;
    }
  }
}

/** Index of the boundary at `seconds`; −1 where there is none. */
export function boundaryAt(
  boundsSeconds: Float64Array,
  seconds: number,
): number {
  return boundsSeconds.findIndex(
    bound => Math.abs(bound - seconds) <= SAME_BOUND * seconds,
  );
}

/**
 * What is wrong with hours whose counts cannot be: by kind, how many hours, and the first of them. The functions of
 * this room take such hours for unknown.
 *
 * Throws an EngineInputError for a history that is not shaped as described, and for an instant outside of 1970 to 9999.
 */
export function latencyFaults(
  history: LatencyHistory,
  asOfMs: number,
): CountFault[] {
  requireLatencyHistory(history);
  const hours = hoursAsOf(history, asOfMs);
  const requests = hourlyRequests(history, 0, hours);
  const faults = new Map<CountFault['code'], CountFault>();
  for (let hour = 0; hour < requests.length; hour++) {
    const code = Number.isNaN(requests[hour])
      ? faultOf(history, hour)
      : undefined;
    if (code) {
      const fault = faults.get(code);
      if (fault) {
        fault.hours++;
      } else {
        const firstMs = history.startMs + hour * HOUR_MS;
        faults.set(code, { code, hours: 1, firstMs });
      }
    }
  }
  return [...faults.values()];
}

function faultOf(
  { counts }: LatencyHistory,
  hour: number,
): CountFault['code'] | undefined {
  let sum = 0;
  let negative = false;
  let tooLarge = false;
  for (const bucket of counts) {
    const count = bucket[hour];
    if (Math.abs(count) === Infinity) {
      return 'not_finite';
    }
    sum += count;
    negative ||= count < 0;
    tooLarge ||= count > LARGEST_COUNT;
  }
  if (negative) {
    return 'negative_count';
  }
  return tooLarge || sum > LARGEST_COUNT ? 'count_too_large' : undefined;
}
