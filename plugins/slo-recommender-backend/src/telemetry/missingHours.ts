import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import type { DayCoverage } from '../store';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Longest range that is fetched to the hour; a longer one begins on a coarser boundary so that services share it. */
const EXACT_RANGE_MS = 2 * DAY_MS;
const COARSE_STEP_MS = 7 * DAY_MS;

/** How long an hour without counts is believed before it is asked for again: telemetry can arrive late. */
const RETRY_UNKNOWN_AFTER_MS = 6 * HOUR_MS;

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
  const fromMs = range.from.getTime();
  const toMs = range.to.getTime();
  const groups = new Map<string, MissingHours>();
  for (const [entityRef, sourceKey] of sourceKeys) {
    let first: number | undefined;
    let last = fromMs;
    for (let hourMs = fromMs; hourMs < toMs; hourMs += HOUR_MS) {
      const dayMs = Math.floor(hourMs / DAY_MS) * DAY_MS;
      const day = days.get(`${entityRef} ${dayMs}`);
      if (
        day?.sourceKey === sourceKey &&
        isSettled(day, (hourMs - dayMs) / HOUR_MS, now)
      ) {
        continue;
      }
      first ??= hourMs;
      last = hourMs + HOUR_MS;
    }
    if (first === undefined) continue;
    const start =
      last - first <= EXACT_RANGE_MS
        ? first
        : Math.max(fromMs, Math.floor(first / COARSE_STEP_MS) * COARSE_STEP_MS);
    const key = `${start}-${last}`;
    const group = groups.get(key) ?? {
      range: { from: new Date(start), to: new Date(last) },
      entityRefs: [],
    };
    group.entityRefs.push(entityRef);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function isSettled(day: DayCoverage, hour: number, now: Date): boolean {
  const bit = 1 << hour;
  if (day.knownHours & bit) return true;
  return (
    Boolean(day.askedHours & bit) &&
    now.getTime() - day.askedAt.getTime() < RETRY_UNKNOWN_AFTER_MS
  );
}
