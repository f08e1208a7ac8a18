import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { DayCoverage } from '../store';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Runs of missing hours that lie closer together are asked for as one. */
const JOINED_WITHIN_MS = DAY_MS;

/** Longest run that is fetched to the hour; a longer one begins on a coarser boundary so that services share it. */
const EXACT_RUN_MS = 2 * DAY_MS;
const COARSE_STEP_MS = 7 * DAY_MS;

/** Telemetry of the last days may still arrive, and an answer without it may have been a fault. */
const RECENT_MS = 2 * DAY_MS;
const RETRY_RECENT_AFTER_MS = 600_000;
const RETRY_OLD_AFTER_MS = 6 * HOUR_MS;

/** Services that need the same hours. */
export interface MissingHours {
  range: HourRange;
  entityRefs: string[];
}

/**
 * Finds out which hours of a range still have to be asked for, from what was asked before. Services that lack the same
 * hours are put together, so that one query serves many.
 *
 * @param sourceKeys - by entity reference: the datasource and names to ask now. What was asked of others does not count.
 */
export function missingHours(
  sourceKeys: Map<string, string>,
  coverage: DayCoverage[],
  range: HourRange,
  now: Date,
): MissingHours[] {
  const days = new Map(
    coverage.map(day => [`${day.entityRef} ${day.dayMs}`, day]),
  );
  const groups = new Map<string, MissingHours>();
  for (const [entityRef, sourceKey] of sourceKeys) {
    const isMissing = (hourMs: number) => {
      const dayMs = Math.floor(hourMs / DAY_MS) * DAY_MS;
      const day = days.get(`${entityRef} ${dayMs}`);
      return day?.sourceKey !== sourceKey || !isSettled(day, hourMs, now);
    };
    for (const { fromMs, toMs } of missingRuns(range, isMissing)) {
      const key = `${fromMs}-${toMs}`;
      const group = groups.get(key) ?? {
        range: { from: new Date(fromMs), to: new Date(toMs) },
        entityRefs: [],
      };
      group.entityRefs.push(entityRef);
      groups.set(key, group);
    }
  }
  return [...groups.values()].sort(
    (a, b) => a.range.from.getTime() - b.range.from.getTime(),
  );
}

interface Run {
  fromMs: number;
  toMs: number;
}

function missingRuns(
  range: HourRange,
  isMissing: (hourMs: number) => boolean,
): Run[] {
  const startMs = range.from.getTime();
  const runs: Run[] = [];
  for (let hourMs = startMs; hourMs < range.to.getTime(); hourMs += HOUR_MS) {
    if (!isMissing(hourMs)) continue;
    const last = runs.at(-1);
    if (last && hourMs - last.toMs <= JOINED_WITHIN_MS) {
      last.toMs = hourMs + HOUR_MS;
    } else {
      runs.push({ fromMs: hourMs, toMs: hourMs + HOUR_MS });
    }
  }
  return runs.map(({ fromMs, toMs }) => ({
    toMs,
    fromMs:
      toMs - fromMs <= EXACT_RUN_MS
        ? fromMs
        : Math.max(
            startMs,
            Math.floor(fromMs / COARSE_STEP_MS) * COARSE_STEP_MS,
          ),
  }));
}

function isSettled(day: DayCoverage, hourMs: number, now: Date): boolean {
  const bit = 1 << ((hourMs - day.dayMs) / HOUR_MS);
  if (day.knownHours & bit) return true;
  const retryAfterMs =
    now.getTime() - hourMs < RECENT_MS
      ? RETRY_RECENT_AFTER_MS
      : RETRY_OLD_AFTER_MS;
  return (
    Boolean(day.askedHours & bit) &&
    now.getTime() - day.askedAt.getTime() < retryAfterMs
  );
}
