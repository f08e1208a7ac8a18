import type {
  HourRange,
  ObservedDependency,
  TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import { onDatabase } from '../kernel/database/databaseFailures';
import { DAY_MS, HOUR_MS } from '../kernel/time/hours';
import type { FetchedCallsStore } from './FetchedCallsStore';

/** Days over which calls between services are counted. */
const DEPENDENCY_DAYS = 7;

/** Calls between services, and over how long they were counted. */
export interface FetchedDependencies {
  observed: ObservedDependency[];
  seconds: number;
}

/**
 * Fetches the calls of the last days of the range, once the source has learnt what it has in all of it. A run that is
 * taken up after it was cut off does not ask for them again.
 */
export async function fetchDependencies(
  source: TelemetrySource,
  fetchedCalls: FetchedCallsStore,
  range: HourRange,
  signal: AbortSignal,
): Promise<FetchedDependencies> {
  const lastDays = {
    from: new Date(
      Math.max(
        range.from.getTime(),
        range.to.getTime() - DEPENDENCY_DAYS * DAY_MS,
      ),
    ),
    to: range.to,
  };
  const kept = await onDatabase(fetchedCalls.load(source.id, lastDays));
  const survey = await source.learn?.(range, { signal, known: kept?.survey });
  const observed =
    kept?.calls ??
    (await source.fetchDependencies(lastDays, { signal })).dependencies;
  if (!kept) {
    await onDatabase(
      fetchedCalls.save(source.id, lastDays, { survey, calls: observed }),
    );
  }
  // a graph that is younger than the range has had less time for its calls
  const countedFromMs = observed.reduce(
    (firstMs, { firstSeenAt }) => Math.min(firstMs, firstSeenAt.getTime()),
    range.to.getTime(),
  );
  return {
    observed,
    seconds: Math.max(HOUR_MS, range.to.getTime() - countedFromMs) / 1_000,
  };
}
