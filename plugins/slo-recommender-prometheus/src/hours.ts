import { InputError } from '@backstage/errors';
import { HOUR_MS, type HourRange } from 'backstage-plugin-slo-recommender-node';

export const HOUR_SECONDS = 3600;

/** Hours in the range. @throws InputError unless both ends are full UTC hours, the end not before the start. */
export function countHours({ from, to }: HourRange): number {
  const hours = (to.getTime() - from.getTime()) / HOUR_MS;
  if (!Number.isInteger(hours) || hours < 0 || from.getTime() % HOUR_MS !== 0) {
    throw new InputError(
      'A range of hours must begin and end on full UTC hours, and not end before it begins',
    );
  }
  return hours;
}

/** Cuts the range into parts of at most `hours`, oldest first. */
export function splitRange(range: HourRange, hours: number): HourRange[] {
  const parts: HourRange[] = [];
  for (
    let from = range.from.getTime();
    from < range.to.getTime();
    from += hours * HOUR_MS
  ) {
    const to = Math.min(from + hours * HOUR_MS, range.to.getTime());
    parts.push({ from: new Date(from), to: new Date(to) });
  }
  return parts;
}

/** The instant so many hours after (or before) another. */
export function addHours(instant: Date, hours: number): Date {
  return new Date(instant.getTime() + hours * HOUR_MS);
}

/**
 * The bin whose end a sample stands for: bin i of `binHours` hours ends at `from` + (i + 1) bins. Undefined for
 * samples at other instants, which were not asked for.
 */
export function binEndingAt(
  unixSeconds: number,
  range: HourRange,
  binHours: number,
): number | undefined {
  const binMs = binHours * HOUR_MS;
  const bin = (unixSeconds * 1000 - range.from.getTime()) / binMs - 1;
  const bins = (range.to.getTime() - range.from.getTime()) / binMs;
  return Number.isInteger(bin) && bin >= 0 && bin < bins ? bin : undefined;
}

const FEW_HOURS = 48;

/** Whether the range is that of a refresh rather than of a back-fill. */
export function isShort(range: HourRange): boolean {
  return countHours(range) <= FEW_HOURS;
}
