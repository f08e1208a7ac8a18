import type {
  HourRange,
  ObservedDependency,
  TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import { inYieldingBatches } from '../kernel/concurrency/yieldToEventLoop';
import { onDatabase } from '../kernel/database/databaseFailures';
import { DAY_MS, HOUR_MS } from '../kernel/time/hours';
import type { FetchedCallsStore, SeenCalls } from './FetchedCallsStore';
import { FoldedNames } from './FoldedNames';

/** Days over which calls between services are counted. */
const DEPENDENCY_DAYS = 7;

/** Calls between services, and over how long they were counted. */
export interface FetchedDependencies {
  observed: SeenCalls[];
  seconds: number;
  /** Different names that look personal, which are not kept; 0 if the calls were fetched by a run that was cut off. */
  withheldNames: number;
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
  const folded = new FoldedNames();
  const observed =
    kept?.calls ??
    (await foldCalls(
      (await source.fetchDependencies(lastDays, { signal })).dependencies,
      folded,
    ));
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
    withheldNames: folded.count('personal'),
  };
}

const earlier = (one: Date | undefined, other: Date) =>
  one && one < other ? one : other;
const later = (one: Date | undefined, other: Date) =>
  one && one > other ? one : other;

/** The calls under names that may be kept. Those between two ends that identify no service are left out. */
async function foldCalls(
  observed: ObservedDependency[],
  names: FoldedNames,
): Promise<SeenCalls[]> {
  const calls: SeenCalls[] = [];
  const folded = new Map<string, SeenCalls>();
  for await (const batch of inYieldingBatches(observed)) {
    for (const one of batch) {
      const ends = names.fold(one.client, one.server);
      if (!ends) continue;
      const [client, server] = ends;
      if (client === one.client && server === one.server) {
        calls.push(one);
        continue;
      }
      const key = JSON.stringify([client, server, one.connectionType]);
      const known = folded.get(key);
      folded.set(key, {
        client,
        server,
        connectionType: one.connectionType,
        calls: (known?.calls ?? 0) + one.calls,
        failedCalls: (known?.failedCalls ?? 0) + one.failedCalls,
        // those of different services say nothing together
        latency: null,
        firstSeenAt: earlier(known?.firstSeenAt, one.firstSeenAt),
        lastSeenAt: later(known?.lastSeenAt, one.lastSeenAt),
      });
    }
  }
  for (const one of folded.values()) {
    calls.push({ ...one, names: names.namesBehind(one.client, one.server) });
  }
  return calls;
}
