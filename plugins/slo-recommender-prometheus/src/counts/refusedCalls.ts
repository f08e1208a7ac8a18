import {
  HOUR_MS,
  type HourlyCounts,
} from 'backstage-plugin-slo-recommender-node';
import type { CallsSeen } from '../survey/callers';

/** Share of failed calls from which on an hour without telemetry of the service is an outage. */
const OUTAGE_SHARE = 0.5;
/** Callers that see more calls arrive than the service knows are no measure of what it does not know. */
const TOLERANCE = 1.05;
const TOLERATED_CALLS = 3;
const NOTABLE_SHARE = 0.01;

/** Adds up what callers saw of the names of one service, by hour. */
export function sumOfCalls(
  names: readonly (ReadonlyMap<number, CallsSeen> | undefined)[],
): Map<number, CallsSeen> {
  const sum = new Map<number, CallsSeen>();
  for (const [hourMs, calls] of names.flatMap(hours => [...(hours ?? [])])) {
    const known = sum.get(hourMs) ?? { requests: 0, failures: 0 };
    sum.set(hourMs, {
      requests: known.requests + calls.requests,
      failures: known.failures + calls.failures,
    });
  }
  return sum;
}

export interface RefusedCalls {
  counts: HourlyCounts;
  /** Failures that only callers saw, and the hours that they are of. */
  failures: number;
  hours: number;
  /** Hours of them that were not known without the callers. */
  outageHours: number;
}

/**
 * Adds failures that only callers saw: of calls that never arrived because the service was down or refused them. In an
 * hour of which the service itself knows no request, those of its callers count if most of them failed.
 *
 * @param seen - hours with failures, by Unix milliseconds of their start.
 * @param options.areUnseen - true if these are only failures that what arrived does not explain; false if they are all.
 * @param options.isSameMetric - true if the service is counted by the same metric, so that the difference is exact; else
 *   only calls that exceed the requests of the service did not arrive.
 */
export function addRefusedCalls(
  known: HourlyCounts,
  fromMs: number,
  seen: ReadonlyMap<number, CallsSeen>,
  options: { areUnseen: boolean; isSameMetric: boolean },
): RefusedCalls {
  const counts = {
    ...known,
    total: Float64Array.from(known.total),
    bad: Float64Array.from(known.bad),
  };
  const added = { counts, failures: 0, hours: 0, outageHours: 0 };
  for (const [hourMs, calls] of seen) {
    const hour = (hourMs - fromMs) / HOUR_MS;
    if (!(hour >= 0 && hour < counts.total.length)) continue;
    const total = counts.total[hour] || 0;
    const bad = counts.bad[hour] || 0;
    const arrived = total + (known.unknown?.[hour] ?? 0);
    // of an hour whose outcomes cannot be read, failures alone would be a wrong picture
    if (arrived > 0 && Number.isNaN(known.total[hour])) continue;
    if (arrived === 0) {
      if (!(calls.failures >= OUTAGE_SHARE * calls.requests)) continue;
      counts.total[hour] = calls.requests;
      counts.bad[hour] = calls.failures;
      added.failures += calls.failures;
      added.outageHours += 1;
    } else {
      const refused = refusedIn(calls, { arrived, bad }, options);
      if (refused === 0) continue;
      counts.total[hour] = total + refused;
      counts.bad[hour] = bad + refused;
      added.failures += refused;
    }
    added.hours += 1;
  }
  return added;
}

/** Calls that did not arrive; 0 if they are too few, or callers and service do not count the same calls. */
function refusedIn(
  { requests, failures }: CallsSeen,
  { arrived, bad }: { arrived: number; bad: number },
  { areUnseen, isSameMetric }: { areUnseen: boolean; isSameMetric: boolean },
): number {
  const unexplained = areUnseen ? failures : failures - bad;
  const refused = isSameMetric
    ? unexplained
    : Math.min(unexplained, requests - arrived);
  const isNotable =
    refused > 0 && (isSameMetric || refused >= NOTABLE_SHARE * requests);
  return isNotable &&
    requests - refused <= TOLERANCE * arrived + TOLERATED_CALLS
    ? refused
    : 0;
}
