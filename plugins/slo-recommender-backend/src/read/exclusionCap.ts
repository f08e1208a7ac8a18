import { InputError } from '@backstage/errors';

const HOUR_MS = 3_600_000;

/** From `fromMs` on, before `toMs`. */
export interface TimeRange {
  fromMs: number;
  toMs: number;
}

const hoursOf = (ms: number) => Math.round(ms / HOUR_MS);

/** Ranges that neither touch nor overlap, oldest first, with the same instants in them. */
function merge(ranges: TimeRange[]): TimeRange[] {
  const merged: TimeRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1);
    if (last && range.fromMs <= last.toMs) {
      last.toMs = Math.max(last.toMs, range.toMs);
    } else {
      merged.push({ ...range });
    }
  }
  return merged;
}

/** Time of a window that lies in the ranges, none of which overlap. */
function overlapMs(window: TimeRange, ranges: TimeRange[]): number {
  return ranges.reduce(
    (sum, { fromMs, toMs }) =>
      sum +
      Math.max(
        0,
        Math.min(toMs, window.toMs) - Math.max(fromMs, window.fromMs),
      ),
    0,
  );
}

/**
 * Checks that no window loses more hours than it may when a range is left out too.
 *
 * @param options.active - ranges that are left out already.
 * @param options.cap - most of a window's hours that may be left out, in [0, 1].
 * @throws InputError with the cap and what is left out already, in hours.
 */
export function requireWithinCap(options: {
  added: TimeRange;
  active: TimeRange[];
  windowMs: number;
  cap: number;
}): void {
  const { added, windowMs, cap } = options;
  const active = merge(options.active);
  const all = merge([...active, added]);
  // most is left out of a window that begins where a range begins, or ends where one ends
  const windows = all
    .flatMap(({ fromMs, toMs }) => [fromMs, toMs - windowMs])
    .map(fromMs => ({ fromMs, toMs: fromMs + windowMs }))
    .filter(({ fromMs, toMs }) => fromMs < added.toMs && toMs > added.fromMs);
  // 0.29 × 100 is 28.999999999999996
  const capHours = Math.floor(hoursOf(windowMs) * cap + 1e-9);
  for (const window of windows) {
    if (hoursOf(overlapMs(window, all)) <= capHours) continue;
    const present = hoursOf(overlapMs(window, active));
    const share = `${Number((cap * 100).toFixed(2))} %`;
    const from = `${new Date(window.fromMs)
      .toISOString()
      .slice(0, 16)
      .replace('T', ' ')} UTC`;
    const windowDays = Number((hoursOf(windowMs) / 24).toFixed(1));
    throw new InputError(
      `At most ${capHours} h of a window of ${windowDays} days may be left out: ${share}, as sloRecommender.exclusions.cap says. Of the one from ${from}, ${present} h are left out already, and this is ${hoursOf(
        added.toMs - added.fromMs,
      )} h. Exclude less, or withdraw another exclusion.`,
    );
  }
}
