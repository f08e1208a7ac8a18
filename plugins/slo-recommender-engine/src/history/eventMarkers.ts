import { DAY_MS } from '../sli';
import type { DailyLevels } from './dailyLevels';

/** Something that happened to a service and may have changed it, such as a deploy. */
export interface EventMarker {
  atMs: number;
  title: string;
}

/** Most that a marker says for a change, in log-likelihood. */
const MOST_HINT = 1.5;

/**
 * What markers say for a change on each day beforehand, in log-likelihood: 0 where there is none.
 *
 * Half of all changes are taken to come with a marker, on its day or the next, and half on any day. So a marker says
 * the more the rarer they are, and nothing where there is one every day.
 */
export function hintsOf(
  { startMs, day }: Pick<DailyLevels, 'startMs' | 'day'>,
  events: readonly EventMarker[],
): Float64Array {
  const hints = new Float64Array(day.length);
  const marked = new Set<number>();
  for (const { atMs } of events) {
    const onDay = Math.floor((atMs - startMs) / DAY_MS);
    marked.add(onDay).add(onDay + 1);
  }
  const hinted = day.reduce((sum, d) => sum + Number(marked.has(d)), 0);
  const hint = Math.min(MOST_HINT, Math.log(0.5 + (0.5 * day.length) / hinted));
  for (let i = 0; i < day.length; i++) {
    hints[i] = marked.has(day[i]) ? hint : 0;
  }
  return hints;
}

/** The marker nearest to a day, at most a day before its beginning or after its end; of several on it the first. */
export function nearestEvent(
  events: readonly EventMarker[],
  dayMs: number,
): EventMarker | undefined {
  let nearest: EventMarker | undefined;
  let least = DAY_MS;
  for (const event of events) {
    const distance = Math.max(
      0,
      dayMs - event.atMs,
      event.atMs - (dayMs + DAY_MS),
    );
    if (distance < least) {
      nearest = event;
      least = distance;
    }
  }
  return nearest;
}
