import type { Exclusion } from 'backstage-plugin-slo-recommender-common';
import { formatHour, formatInstant } from '../words';

const HOUR_MS = 3_600_000;

/** A span of time in epoch milliseconds; `toMs` is no longer in it. */
export interface Period {
  fromMs: number;
  toMs: number;
}

/** What an exclusion leaves out. */
export function periodOf(exclusion: Pick<Exclusion, 'from' | 'to'>): Period {
  return {
    fromMs: Date.parse(exclusion.from),
    toMs: Date.parse(exclusion.to),
  };
}

/** The full hours, in UTC, that a period touches: these are what is left out. */
export function widenToHours({ fromMs, toMs }: Period): Period {
  return {
    fromMs: Math.floor(fromMs / HOUR_MS) * HOUR_MS,
    toMs: Math.ceil(toMs / HOUR_MS) * HOUR_MS,
  };
}

/** `21 Nov 2026, 10:00 to 16:00 UTC`, with both days where they differ. */
export function formatPeriod({ fromMs, toMs }: Period): string {
  const from = new Date(fromMs).toISOString();
  const to = new Date(toMs).toISOString();
  return from.slice(0, 10) === to.slice(0, 10)
    ? `${formatInstant(from).replace(' UTC', '')} to ${formatHour(to)} UTC`
    : `${formatInstant(from).replace(' UTC', '')} to ${formatInstant(to)}`;
}

/** Length in hours. */
export function hoursIn({ fromMs, toMs }: Period): number {
  return (toMs - fromMs) / HOUR_MS;
}

/**
 * Share of the last window that holding exclusions leave out, in [0, 1]. Hours that several of them cover count once.
 *
 * @param windowMs - length of the window that ends at `nowMs`
 */
export function excludedShare(
  exclusions: readonly Exclusion[],
  windowMs: number,
  nowMs: number,
): number {
  const startMs = nowMs - windowMs;
  const periods = exclusions
    .filter(({ withdrawn }) => withdrawn === null)
    .map(periodOf)
    .sort((a, b) => a.fromMs - b.fromMs);
  let coveredMs = 0;
  let endMs = startMs;
  for (const { fromMs, toMs } of periods) {
    const from = Math.max(fromMs, endMs);
    const to = Math.min(toMs, nowMs);
    if (to > from) {
      coveredMs += to - from;
      endMs = to;
    }
  }
  return coveredMs / windowMs;
}
