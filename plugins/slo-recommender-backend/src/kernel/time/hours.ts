import type { HourRange } from 'backstage-plugin-slo-recommender-node';

// not those of the engine: read through its barrel a million times, they took a tenth of a first back-fill
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Time that telemetry may need to arrive after an hour has ended. */
const SETTLING_MS = 120_000;

/** Returns the end of the last full hour that lies before `asOf` and whose telemetry has had time to arrive. */
export function settledHour(asOf: Date, now: Date): Date {
  const latestMs = Math.min(asOf.getTime(), now.getTime() - SETTLING_MS);
  return new Date(Math.floor(latestMs / HOUR_MS) * HOUR_MS);
}

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
