import { EngineInputError } from './EngineInputError';

/** One hour in milliseconds: the length of the bins of every series. */
export const HOUR_MS = 3_600_000;

/** One day in milliseconds. */
export const DAY_MS = 24 * HOUR_MS;

/** First instant of the year 10000: beyond it dates no longer print as they are read. */
const END_OF_TIME_MS = Date.UTC(10_000, 0, 1);

/** Throws an EngineInputError unless `instantMs` lies in the years 1970 to 9999. */
export function requireInstant(name: string, instantMs: number): void {
  if (!(instantMs >= 0 && instantMs < END_OF_TIME_MS)) {
    throw new EngineInputError(
      `${name} is ${instantMs}; pass milliseconds since 1970-01-01T00:00:00Z, before the year 10000`,
    );
  }
}

/** The start of the hour that contains the instant. */
export function floorToHour(instantMs: number): number {
  return Math.floor(instantMs / HOUR_MS) * HOUR_MS;
}
