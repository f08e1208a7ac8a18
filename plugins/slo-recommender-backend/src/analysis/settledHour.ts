const HOUR_MS = 3_600_000;

/** Time that telemetry may need to arrive after an hour has ended. */
const SETTLING_MS = 120_000;

/** The end of the last full hour that lies before `asOf` and whose telemetry has had time to arrive. */
export function settledHour(asOf: Date, now: Date): Date {
  const latestMs = Math.min(asOf.getTime(), now.getTime() - SETTLING_MS);
  return new Date(Math.floor(latestMs / HOUR_MS) * HOUR_MS);
}
