import { z } from 'zod';
import { type SliType, sliTypeSchema } from './primitives';

/** Name of the SLO of a service's availability, unless it is given another one. */
export const AVAILABILITY_SLO: SliType = 'availability';

/** Environment of an SLO that counts the requests of all environments together. */
export const ALL_ENVIRONMENTS = 'all';

/** A DNS label, so that names fit into labels, file names and names of Kubernetes resources. */
const labelSchema = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);

/**
 * Identifies an SLO within its service, in results, links, decisions and exported rules. Names are kept for ever: a new
 * rule for default names must not rename an SLO that exists.
 */
export const sloKeySchema = z.object({
  /** For example `availability` or `latency-300ms`. */
  slo: labelSchema,
  environment: labelSchema,
});
export type SloKey = z.infer<typeof sloKeySchema>;

/** Decimal exponents of the units of thresholds, the largest unit first. */
const UNITS: [unit: string, exponent: number][] = [
  ['s', 0],
  ['ms', 3],
  ['us', 6],
  ['ns', 9],
];

/**
 * Names the SLO "faster than the threshold": `latency-300ms`, and `latency-2500ms` in place of `latency-2.5s`, as dots are
 * not allowed everywhere.
 */
export function latencySloName(thresholdSeconds: number): string {
  const seconds = Number(thresholdSeconds.toPrecision(6));
  const counts = UNITS.map(([unit, exponent]) => ({
    unit,
    // the second rounding removes what the multiplication adds: 0.0003 * 1e6 is 299.99999999999994
    count: Number((seconds * 10 ** exponent).toPrecision(12)),
  }));
  const { unit, count } =
    counts.find(one => Number.isInteger(one.count)) ?? counts[3];
  return `latency-${Math.round(count)}${unit}`;
}

/** Threshold in seconds of a default name, in its normal form or not; undefined for other names. */
export function latencyThresholdOf(sloName: string): number | undefined {
  const match = /^latency-(\d{1,15}(?:\.\d{1,9})?)(ns|us|ms|s)$/.exec(sloName);
  const exponent = new Map(UNITS).get(match?.[2] ?? '');
  if (!match || exponent === undefined) return undefined;
  const seconds = Number(`${match[1]}e-${exponent}`);
  return seconds > 0 ? seconds : undefined;
}

/** The key of an SLO that was given no name and no environment. */
export function defaultSloKey({
  sliType,
  thresholdSeconds,
}: {
  sliType: SliType;
  thresholdSeconds?: number;
}): SloKey {
  const environment = ALL_ENVIRONMENTS;
  return sliType === 'latency' && thresholdSeconds !== undefined
    ? { slo: latencySloName(thresholdSeconds), environment }
    : { slo: sliType, environment };
}

/** Writes the same default name in one way: `latency-0.3s` as `latency-300ms`. */
function normalSloName(name: string): string {
  const lowerCase = name.toLocaleLowerCase('en-US');
  const thresholdSeconds = latencyThresholdOf(lowerCase);
  return thresholdSeconds === undefined
    ? lowerCase
    : latencySloName(thresholdSeconds);
}

/** Name of the SLO that a query asks for; undefined for any. */
export function sloNameOf(query: {
  sliType?: SliType;
  slo?: string;
}): string | undefined {
  return (
    query.slo ??
    (query.sliType === 'availability' ? AVAILABILITY_SLO : undefined)
  );
}

/** Parameters of a query that choose SLOs of a service. */
export const sloQueryShape = {
  sliType: sliTypeSchema
    .optional()
    .describe(
      'On its own, availability means the SLO of that name, and latency any.',
    ),
  slo: z
    .string()
    .max(63)
    .regex(/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/i)
    .transform(normalSloName)
    .optional()
    .describe('Name of the SLO, for example availability or latency-300ms.'),
  environment: labelSchema
    .optional()
    .describe('Default: all, which counts all environments together.'),
};
