import { ConflictError, InputError } from '@backstage/errors';
import { formatMinute } from 'backstage-plugin-slo-recommender-common';
import { HOUR_MS } from '../kernel/time/hours';
import type { ActiveExclusion } from './ExclusionStore';
import type { KnownRequests } from './KnownRequests';
import {
  durationMs,
  mergeRanges,
  sizeWithin,
  type TimeRange,
} from './timeRanges';

const MOST_NAMED = 3;

/** @throws ConflictError if all of the range is excluded already, naming the exclusions. */
export function requireNewHours(
  added: TimeRange,
  active: readonly ActiveExclusion[],
): void {
  const overlapping = active.filter(
    ({ fromMs, toMs }) => fromMs < added.toMs && toMs > added.fromMs,
  );
  if (sizeWithin(added, mergeRanges(overlapping)) < durationMs(added)) return;
  const named = overlapping
    .slice(0, MOST_NAMED)
    .map(
      ({ id, fromMs, toMs }) =>
        `'${id}' (${formatMinute(fromMs)} to ${formatMinute(toMs)})`,
    );
  const others = overlapping.length - named.length;
  throw new ConflictError(
    `Every hour from ${formatMinute(added.fromMs)} to ${formatMinute(
      added.toMs,
    )} is left out already, by ${named.join(', ')}${
      others > 0 ? ` and ${others} more` : ''
    }. Give hours that count, or withdraw what leaves these out to leave them out for another reason.`,
  );
}

/** Shares that differ by less are the same. */
const ROUNDING = 1e-9;

const hoursOf = (ms: number) => Math.round(ms / HOUR_MS);

/** A number with two decimals at most. */
const shortened = (value: number) => Number(value.toFixed(2));

/** Rounded up, so that what exceeds a cap reads like it. */
const percent = (share: number) =>
  `${Math.ceil(share * 1_000 - ROUNDING) / 10} %`;

/**
 * Checks that with another range no window loses more than the cap of its hours, nor of its requests: the busiest tenth
 * of the hours may hold them all. Requests are checked in windows over the whole of which they are known, but for gaps;
 * in the others hours alone are.
 *
 * @param options.active - ranges that are excluded already.
 * @param options.requests - of the service, as far as they are known.
 * @param options.cap - most of a window's hours, and of its requests, that may be excluded, in [0, 1].
 * @throws InputError with the cap, what is excluded already, and both shares.
 */
export function requireWithinCap(options: {
  added: TimeRange;
  active: readonly TimeRange[];
  requests: KnownRequests | undefined;
  windowMs: number;
  cap: number;
}): void {
  const { added, requests, windowMs, cap } = options;
  const active = mergeRanges(options.active);
  const all = mergeRanges([...active, added]);
  const windowHours = hoursOf(windowMs);
  // 0.29 × 100 is 28.999999999999996
  const capHours = Math.floor(windowHours * cap + ROUNDING);
  const losses = [
    ...windowsWithin(requests?.span, added, windowMs),
    ...windowsAtEdges(all, windowMs),
  ]
    .filter(({ fromMs, toMs }) => fromMs < added.toMs && toMs > added.fromMs)
    .map(window => ({
      window,
      hours: hoursOf(sizeWithin(window, all)),
      share: requests?.shareWithin(window, all),
      shareBefore: requests?.shareWithin(window, active),
    }))
    .filter(
      ({ hours, share = 0, shareBefore = 0 }) =>
        hours > capHours ||
        (share > cap + ROUNDING && share > shareBefore + ROUNDING),
    );
  if (losses.length === 0) return;

  const { window, hours, share } = losses.reduce((worst, loss) =>
    loss.hours / windowHours + (loss.share ?? 0) >
    worst.hours / windowHours + (worst.share ?? 0) + ROUNDING
      ? loss
      : worst,
  );
  const shares = [`${percent(hours / windowHours)} of its hours`];
  if (share !== undefined) shares.push(`${percent(share)} of its requests`);
  const present = hoursOf(sizeWithin(window, active));
  throw new InputError(
    [
      `At most ${capHours} h of a window of ${shortened(windowHours / 24)} days may be left out:`,
      `${shortened(cap * 100)} % of its hours, and of its requests, as sloRecommender.exclusions.cap says.`,
      `Of the one from ${formatMinute(window.fromMs)}, ${present} h are left out already,`,
      `and this is ${hoursOf(durationMs(added))} h: with it, ${shares.join(' and ')} would be.`,
      'Exclude less, withdraw another exclusion, or have the cap raised.',
    ].join(' '),
  );
}

/** Windows one of which loses more hours than any other: each begins where a range begins, or ends where one ends. */
function windowsAtEdges(ranges: TimeRange[], windowMs: number): TimeRange[] {
  return ranges
    .flatMap(({ fromMs, toMs }) => [fromMs, toMs - windowMs])
    .map(fromMs => ({ fromMs, toMs: fromMs + windowMs }));
}

/** Every window that lies in the span and touches the range, hour by hour. */
function windowsWithin(
  span: TimeRange | undefined,
  { fromMs, toMs }: TimeRange,
  windowMs: number,
): TimeRange[] {
  if (!span) return [];
  const firstMs = Math.max(span.fromMs, fromMs - windowMs + HOUR_MS);
  const lastMs = Math.min(span.toMs - windowMs, toMs - HOUR_MS);
  const count = Math.max(0, Math.floor((lastMs - firstMs) / HOUR_MS) + 1);
  return Array.from({ length: count }, (_, hour) => ({
    fromMs: firstMs + hour * HOUR_MS,
    toMs: firstMs + hour * HOUR_MS + windowMs,
  }));
}
