import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import { DAY_MS, HOUR_MS } from '../kernel/time/hours';
import { ALL_HOURS, HOURS_PER_DAY } from './history/codec';
import type { DayCoverage } from './history/HourlyHistoryStore';

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
  const covered = coverageByDay(coverage);
  const groups = new Map<string, MissingHours>();
  for (const [entityRef, sourceKey] of sourceKeys) {
    const days = covered.get(entityRef);
    const settledHours = (dayMs: number) => {
      const day = days?.get(dayMs);
      return day?.sourceKey === sourceKey ? settledHoursOf(day, now) : 0;
    };
    for (const { fromMs, toMs } of missingRuns(range, settledHours)) {
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

/** What was asked for and found, by service, and by the start of the day. */
export function coverageByDay(
  coverage: DayCoverage[],
): Map<string, Map<number, DayCoverage>> {
  const covered = new Map<string, Map<number, DayCoverage>>();
  for (const day of coverage) {
    const days = covered.get(day.entityRef) ?? new Map<number, DayCoverage>();
    covered.set(day.entityRef, days.set(day.dayMs, day));
  }
  return covered;
}

function missingRuns(
  range: HourRange,
  settledHours: (dayMs: number) => number,
): Run[] {
  const startMs = range.from.getTime();
  const endMs = range.to.getTime();
  const runs: Run[] = [];
  for (
    let dayMs = Math.floor(startMs / DAY_MS) * DAY_MS;
    dayMs < endMs;
    dayMs += DAY_MS
  ) {
    const settled = settledHours(dayMs);
    if (settled === ALL_HOURS) continue;
    for (
      let hourMs = Math.max(startMs, dayMs);
      hourMs < Math.min(endMs, dayMs + DAY_MS);
      hourMs += HOUR_MS
    ) {
      if (settled & (1 << ((hourMs - dayMs) / HOUR_MS))) continue;
      const last = runs.at(-1);
      if (last && hourMs - last.toMs <= JOINED_WITHIN_MS) {
        last.toMs = hourMs + HOUR_MS;
      } else {
        runs.push({ fromMs: hourMs, toMs: hourMs + HOUR_MS });
      }
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

/** Hours that need not be asked for, as a bit mask: known, or asked for so lately that asking again is too early. */
function settledHoursOf(day: DayCoverage, now: Date): number {
  let settled = day.knownHours;
  const sinceAskedMs = now.getTime() - day.askedAt.getTime();
  for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
    const isRecent = now.getTime() - (day.dayMs + hour * HOUR_MS) < RECENT_MS;
    const retryAfterMs = isRecent ? RETRY_RECENT_AFTER_MS : RETRY_OLD_AFTER_MS;
    if (sinceAskedMs < retryAfterMs) settled |= day.askedHours & (1 << hour);
  }
  return settled;
}
