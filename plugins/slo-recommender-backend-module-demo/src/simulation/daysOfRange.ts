import {
  HOUR_MS,
  type HourRange,
  type TelemetryRequestOptions,
} from 'backstage-plugin-slo-recommender-node';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DAY_MS, type SimulatedCompany } from './SimulatedCompany';
import type { CompanyDay } from './simulateDay';

/** Work at a stretch before others in the process get their turn, in ms. */
const STRETCH_MS = 8;

/** The hours of one UTC day that lie in a range. */
export interface DaySlice {
  day: CompanyDay;
  /** When the day begins, in ms since 1970. */
  dayStart: number;
  /** Hours of the day, from 0 to 24; `toHour` is not included. */
  fromHour: number;
  toHour: number;
  /** Position of `fromHour` in the range, in hours. */
  index: number;
}

/**
 * The part of a range that has been simulated: from the start of history up to the last full hour before `now`, day by
 * day. Lets the event loop breathe in between.
 *
 * @param range - on full UTC hours
 * @param now - in ms since 1970
 */
export async function* daysOfRange(
  company: SimulatedCompany,
  range: HourRange,
  now: number,
  options: TelemetryRequestOptions = {},
): AsyncGenerator<DaySlice> {
  const from = Math.max(range.from.getTime(), company.historyStart.getTime());
  const to = Math.min(range.to.getTime(), Math.floor(now / HOUR_MS) * HOUR_MS);
  let stretchStart = performance.now();
  for (
    let dayStart = Math.floor(from / DAY_MS) * DAY_MS;
    dayStart < to;
    dayStart += DAY_MS
  ) {
    options.signal?.throwIfAborted();
    const begin = Math.max(from, dayStart);
    const end = Math.min(to, dayStart + DAY_MS);
    yield {
      day: company.day(new Date(dayStart)),
      dayStart,
      fromHour: (begin - dayStart) / HOUR_MS,
      toHour: (end - dayStart) / HOUR_MS,
      index: (begin - range.from.getTime()) / HOUR_MS,
    };
    options.onProgress?.((end - from) / (to - from));
    if (performance.now() - stretchStart > STRETCH_MS) {
      await nextTurn();
      stretchStart = performance.now();
    }
  }
}
