import type { HourlyCounts } from 'backstage-plugin-slo-recommender-node';
import type { Dialect } from './dialects';
import type { OutcomeSamples } from './outcomeSamples';

/** Adds up what is known under the names of one service; undefined where that is nothing. */
export function sumToHourlyCounts(
  names: readonly OutcomeSamples[],
  hours: number,
  { id, failureDefinition }: Dialect,
): HourlyCounts | undefined {
  const total = new Float64Array(hours).fill(NaN);
  const bad = new Float64Array(hours).fill(NaN);
  let known = false;
  for (let hour = 0; hour < hours; hour++) {
    let requests = 0;
    let failures = 0;
    let isPresent = false;
    for (const name of names) {
      if (!name.has(hour)) continue;
      isPresent = true;
      requests += name.total(hour);
      failures += name.bad(hour);
    }
    if (isPresent) {
      const counts = toWholeCounts(requests, failures);
      total[hour] = counts.total;
      bad[hour] = counts.bad;
      known ||= !Number.isNaN(counts.total);
    }
  }
  return known ? { total, bad, evidence: id, failureDefinition } : undefined;
}

/**
 * Rounds counts, which `increase()` leaves fractional. Requests and failures may come from two counters scraped a
 * moment apart: failures that exceed requests by at most 1, or 1 %, are cut to them; a larger excess is passed on, to
 * be judged as invalid. If either is unknown, both are.
 */
export function toWholeCounts(
  total: number,
  bad: number,
): { total: number; bad: number } {
  if (!Number.isFinite(total) || !Number.isFinite(bad)) {
    return { total: NaN, bad: NaN };
  }
  // Adding 0 turns the -0 of small negative numbers into 0.
  const wholeTotal = Math.round(total) + 0;
  const wholeBad = Math.round(bad) + 0;
  const excess = wholeBad - wholeTotal;
  const isNoise = excess > 0 && excess <= Math.max(1, wholeTotal / 100);
  return { total: wholeTotal, bad: isNoise ? wholeTotal : wholeBad };
}
