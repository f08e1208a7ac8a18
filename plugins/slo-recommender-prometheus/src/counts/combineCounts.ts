import type { HourlyCounts } from 'backstage-plugin-slo-recommender-node';
import type { Dialect } from '../dialects/types';

/** Counts of which no hour is known. */
export function unknownCounts(
  hours: number,
  { id, failureDefinition }: Dialect,
): HourlyCounts {
  return {
    total: new Float64Array(hours).fill(NaN),
    bad: new Float64Array(hours).fill(NaN),
    evidence: id,
    failureDefinition,
  };
}

/** Fewer hours without counts are not worth asking elsewhere. */
const FEWEST_MISSING_HOURS = 3;

/** Whether so many hours are unknown that other evidence may be asked for them. */
export function hasHoles({ total }: HourlyCounts): boolean {
  let missing = 0;
  for (const requests of total) {
    if (Number.isNaN(requests) && ++missing === FEWEST_MISSING_HOURS)
      return true;
  }
  return false;
}

/**
 * The counts of better evidence, and those of other evidence for the hours that the better one does not know, or knows
 * in part because it begins or ends there. Evidence and definition of failures are those of the newest hour.
 *
 * @returns the number of hours filled too.
 */
export function fillHours(
  better: HourlyCounts,
  other: HourlyCounts,
): { counts: HourlyCounts; filledHours: number } {
  const total = Float64Array.from(better.total);
  const bad = Float64Array.from(better.bad);
  const unknown =
    (better.unknown ?? other.unknown) &&
    Float64Array.from(better.unknown ?? new Float64Array(total.length));
  let filledHours = 0;
  let newest = better;
  for (let hour = 0; hour < total.length; hour++) {
    const isUnknown = Number.isNaN(better.total[hour]);
    const isAtAnEnd =
      Number.isNaN(better.total[hour - 1] ?? 0) ||
      Number.isNaN(better.total[hour + 1] ?? 0);
    if (
      isUnknown
        ? !Number.isNaN(other.total[hour])
        : isAtAnEnd && other.total[hour] > better.total[hour]
    ) {
      total[hour] = other.total[hour];
      bad[hour] = other.bad[hour];
      if (unknown) unknown[hour] = other.unknown?.[hour] ?? 0;
      filledHours += 1;
      newest = other;
    } else if (!isUnknown) {
      newest = better;
    }
  }
  const { evidence, failureDefinition } = newest;
  return {
    counts: {
      total,
      bad,
      ...(unknown && { unknown }),
      evidence,
      failureDefinition,
    },
    filledHours,
  };
}

/** Adds up what is counted of different instances; an hour that only one of them knows is that one's. */
export function addCounts(
  one: HourlyCounts,
  other: HourlyCounts,
): {
  counts: HourlyCounts;
  /** Hours that both know, and all requests and those of the other in them. */
  added: { hours: number; requests: number; otherRequests: number };
  filledHours: number;
} {
  const counts = {
    ...one,
    total: Float64Array.from(one.total),
    bad: Float64Array.from(one.bad),
    ...((one.unknown || other.unknown) && {
      unknown: Float64Array.from(
        one.total,
        (_, hour) => (one.unknown?.[hour] ?? 0) + (other.unknown?.[hour] ?? 0),
      ),
    }),
  };
  const added = { hours: 0, requests: 0, otherRequests: 0 };
  let filledHours = 0;
  other.total.forEach((requests, hour) => {
    if (Number.isNaN(requests)) return;
    const isFilled = Number.isNaN(one.total[hour]);
    counts.total[hour] = requests + (isFilled ? 0 : one.total[hour]);
    counts.bad[hour] = other.bad[hour] + (isFilled ? 0 : one.bad[hour]);
    if (isFilled) {
      filledHours += 1;
    } else if (requests > 0) {
      added.hours += 1;
      added.requests += counts.total[hour];
      added.otherRequests += requests;
    }
  });
  return { counts, added, filledHours };
}
