import type { HourlyCounts } from 'backstage-plugin-slo-recommender-node';

/** Fewer hours without counts are not worth asking elsewhere. */
const FEWEST_MISSING_HOURS = 3;

/** Whether so many hours are unknown that other evidence may be asked for them. */
export function hasHoles({ total }: HourlyCounts): boolean {
  return total.filter(Number.isNaN).length >= FEWEST_MISSING_HOURS;
}

/**
 * The counts of better evidence, and those of other evidence for the hours that the better one does not know, or knows
 * in part because it begins or ends there. What is said of both is said of whoever counted the newest hour.
 *
 * @returns the number of hours filled too.
 */
export function fillHours(
  better: HourlyCounts,
  other: HourlyCounts,
): { counts: HourlyCounts; filledHours: number } {
  const total = Float64Array.from(better.total);
  const bad = Float64Array.from(better.bad);
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
      filledHours += 1;
      newest = other;
    } else if (!isUnknown) {
      newest = better;
    }
  }
  const { evidence, failureDefinition } = newest;
  return { counts: { total, bad, evidence, failureDefinition }, filledHours };
}
