import { InputError } from '@backstage/errors';

const FIRST_INSTANT = new Date('2000-01-01T00:00:00Z');

/**
 * Checks the instant that a caller asks for.
 *
 * @throws InputError if it lies in the future, or before there was telemetry.
 */
export function requireInstant(asOf: Date, now: Date): void {
  if (asOf > now) {
    throw new InputError(
      `asOf is ${asOf.toISOString()}, which is in the future: it is ${now.toISOString()}. Leave it out to see the present.`,
    );
  }
  if (asOf < FIRST_INSTANT) {
    throw new InputError(
      `asOf is ${asOf.toISOString()}; give an instant from the year 2000 on.`,
    );
  }
}
