/** From `fromMs` on, before `toMs`. */
export interface TimeRange {
  fromMs: number;
  toMs: number;
}

/** Ranges that neither touch nor overlap, oldest first, with the same instants in them. */
export function mergeRanges(ranges: readonly TimeRange[]): TimeRange[] {
  const merged: TimeRange[] = [];
  for (const { fromMs, toMs } of [...ranges].sort(
    (a, b) => a.fromMs - b.fromMs,
  )) {
    const last = merged.at(-1);
    if (last && fromMs <= last.toMs) {
      last.toMs = Math.max(last.toMs, toMs);
    } else {
      merged.push({ fromMs, toMs });
    }
  }
  return merged;
}

/** Time of a range, in milliseconds. */
export const durationMs = ({ fromMs, toMs }: TimeRange) => toMs - fromMs;

/**
 * How much of a window lies in the ranges, none of which overlap.
 *
 * @param sizeOf - what is summed up: the time of a range unless given, or what is known of it.
 */
export function sizeWithin(
  window: TimeRange,
  ranges: readonly TimeRange[],
  sizeOf: (range: TimeRange) => number = durationMs,
): number {
  return ranges.reduce((sum, range) => {
    const fromMs = Math.max(range.fromMs, window.fromMs);
    const toMs = Math.min(range.toMs, window.toMs);
    return fromMs < toMs ? sum + sizeOf({ fromMs, toMs }) : sum;
  }, 0);
}
