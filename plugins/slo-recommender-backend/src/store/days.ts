import type { HourRange } from 'backstage-plugin-slo-recommender-node';
import { HOURS_PER_DAY } from './packedDay';

export const HOUR_MS = 3_600_000;
export const DAY_MS = HOURS_PER_DAY * HOUR_MS;

export const dayText = (ms: number) => new Date(ms).toISOString().slice(0, 10);
export const floorToDay = (ms: number) => Math.floor(ms / DAY_MS) * DAY_MS;

/** Days that the range touches. */
export const countDays = ({ from, to }: HourRange) =>
  Math.ceil((to.getTime() - floorToDay(from.getTime())) / DAY_MS);

/** First and last day that the range touches, as text. */
export const daysTouched = ({ from, to }: HourRange): [string, string] => [
  dayText(from.getTime()),
  dayText(to.getTime() - 1),
];
