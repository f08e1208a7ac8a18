import type { ServicePast } from './Method';

/** Requests and failures of one day, or of several. */
export interface Counts {
  total: number;
  bad: number;
}

/** Known counts of each UTC day, oldest first. */
export function countsByDay({ series }: ServicePast): Counts[] {
  const days = Array.from(
    { length: Math.ceil(series.total.length / 24) },
    () => ({ total: 0, bad: 0 }),
  );
  series.total.forEach((total, hour) => {
    if (!Number.isNaN(total)) {
      const day = days[Math.floor(hour / 24)];
      day.total += total;
      day.bad += series.bad[hour];
    }
  });
  return days;
}

/** Summed first: ratios of days are never averaged. */
export function sumOf(days: readonly Counts[]): Counts {
  let total = 0;
  let bad = 0;
  for (const day of days) {
    total += day.total;
    bad += day.bad;
  }
  return { total, bad };
}

/** Share of bad requests; null without requests. */
export function badShare({ total, bad }: Counts): number | null {
  return total > 0 ? bad / total : null;
}

export function isKnown(share: number | null): share is number {
  return share !== null;
}

/** The value that a share of the sorted values does not exceed (nearest rank). */
export function rankedValue(sorted: Float64Array, share: number): number {
  // 0.07 × 100 is a little more than 7 in doubles, and must not count as 8
  const rank = Math.ceil(share * sorted.length - 1e-9);
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1];
}
