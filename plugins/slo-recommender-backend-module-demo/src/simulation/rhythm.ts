import { normal, poisson } from './distributions';
import { createRandom } from './random';

/** Requests of a weekday relative to an average day, Sunday first: people shop online in the evening of working days. */
const WEEKDAYS = [0.85, 1.08, 1.1, 1.08, 1.05, 1, 0.84];

/** Relative to an average hour: quietest at 04:00 UTC, busiest at 18:00 UTC. */
export function hourOfDayFactor(hour: number): number {
  const day = Math.cos((2 * Math.PI * (hour - 17)) / 24);
  const halfDay = Math.cos((4 * Math.PI * (hour - 19)) / 24);
  return 1 + 0.6 * day + 0.15 * halfDay;
}

/**
 * Requests that users send to one entry in each of the 24 hours of a day.
 *
 * @param requestsPerHour - of an average hour
 * @param weekday - 0 is Sunday
 */
export function userRequests(options: {
  seed: number;
  entry: string;
  day: number;
  weekday: number;
  requestsPerHour: number;
}): Float64Array {
  const { seed, entry, day, weekday, requestsPerHour } = options;
  // Weather, campaigns and holidays move all entries together.
  const company = Math.exp(0.06 * normal(createRandom(seed, 'demand', day)));
  const random = createRandom(seed, 'requests', entry, day);
  return Float64Array.from({ length: 24 }, (_, hour) =>
    poisson(
      random,
      requestsPerHour *
        company *
        WEEKDAYS[weekday] *
        hourOfDayFactor(hour) *
        Math.exp(0.04 * normal(random)),
    ),
  );
}
