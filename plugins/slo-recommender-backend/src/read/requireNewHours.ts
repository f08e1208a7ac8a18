import { ConflictError } from '@backstage/errors';
import { formatMinute } from 'backstage-plugin-slo-recommender-common';
import type { ActiveExclusion } from '../store';
import {
  durationMs,
  mergeRanges,
  sizeWithin,
  type TimeRange,
} from './timeRanges';

const MOST_NAMED = 3;

/** @throws ConflictError where all of the range is left out already, naming the exclusions by which it is. */
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
