import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';

/** A share of events, a fraction in [0, 1]. */
export const ratioSchema = z.number().min(0).max(1);

/** Two probabilities between which a third lies. */
export const probabilityIntervalSchema = z.object({
  from: ratioSchema,
  to: ratioSchema,
});
export type ProbabilityInterval = z.infer<typeof probabilityIntervalSchema>;

/** Of past windows, the share that was within what was predicted with each nominal probability. */
export const coverageLevelsSchema = z.array(
  z.object({
    nominal: ratioSchema,
    observed: ratioSchema,
    interval: probabilityIntervalSchema,
  }),
);

export const sliTypeSchema = z.enum(['availability', 'latency']);
export type SliType = z.infer<typeof sliTypeSchema>;

/** How much depends on a service, as its owner annotated it. */
export const criticalitySchema = z.enum(['critical', 'high', 'medium', 'low']);
export type Criticality = z.infer<typeof criticalitySchema>;

/** Instant in ISO 8601, UTC, for example `2026-11-21T18:00:00.000Z`. */
export const instantSchema = z.iso.datetime();

/** Whether an instant in UTC is of the years that a request may name: others cannot be written in four digits everywhere. */
export const isUsableInstant = (instant: string): boolean =>
  instant >= '1970' && instant < '3000';

/** Instant in a request: ISO 8601 with `Z` or an offset, normalised to UTC. */
export const instantInputSchema = z.iso
  .datetime({ offset: true })
  .transform(text => new Date(text).toISOString())
  .refine(isUsableInstant, 'must be an instant of the years 1970 to 2999');

/** Backstage entity reference in its normal form, `kind:namespace/name`. */
export const entityRefSchema = z.string().min(1);

/** Entity reference in a request, in any case and with or without the default namespace. */
export const entityRefInputSchema = z.string().transform((text, context) => {
  try {
    return stringifyEntityRef(parseEntityRef(text));
  } catch {
    context.addIssue({
      code: 'custom',
      message: `${JSON.stringify(
        text.slice(0, 100),
      )} is not an entity reference; write for example 'component:default/checkout'`,
    });
    return z.NEVER;
  }
});

/** A switch in a query. */
export const queryFlagSchema = z
  .enum(['true', 'false'])
  .transform(text => text === 'true');

/** Entries of one page of a list. */
export const pageLimitSchema = z.coerce
  .number()
  .int()
  .min(1)
  .max(500)
  .default(50)
  .describe('Entries per page.');

export const cursorSchema = z
  .string()
  .min(1)
  .optional()
  .describe('nextCursor of the page before.');

/** Query of the paged lists of the fleet. */
export const fleetPageQuerySchema = z.strictObject({
  limit: pageLimitSchema,
  cursor: cursorSchema,
  text: z
    .string()
    .max(200)
    .optional()
    .describe('Part of a name or entity reference, in any case.'),
});
export type FleetPageQuery = z.infer<typeof fleetPageQuerySchema>;

/** One page of a list, and how long the list is. */
export const pageSchema = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    totalItems: z.number().int().min(0),
  });

/** ISO 8601 duration of an objective window or lookback, for example `P28D`. */
export const durationSchema = z.string().regex(/^P/);

/** Machine-readable code and a sentence for people. */
export const reasonSchema = z.object({
  code: z.string(),
  message: z.string(),
});
export type Reason = z.infer<typeof reasonSchema>;

/**
 * Whether the history of an SLI can carry a number.
 *
 * `ok`: yes. `degraded`: yes, with gaps, stale or partial data. `insufficient`: not yet. `invalid`: the SLI itself is wrong.
 */
export const verdictSchema = z.enum([
  'ok',
  'degraded',
  'insufficient',
  'invalid',
]);
export type Verdict = z.infer<typeof verdictSchema>;

/** How a configured datasource answered last. */
export const datasourceStatusSchema = z.object({
  id: z.string(),
  type: z.string(),
  /** True where the telemetry is made up by a simulation and not measured. */
  simulated: z.boolean(),
  state: z.enum(['unknown', 'ok', 'partial', 'empty', 'failing']),
  /** What went wrong, in words, where the state is not `ok`. */
  message: z.string().nullable(),
  lastSuccessAt: instantSchema.nullable(),
  lastAttemptAt: instantSchema.nullable(),
});
export type DatasourceStatus = z.infer<typeof datasourceStatusSchema>;

/** Control characters, halves of characters, and the marks by which text can be made to read other than it is. */
const UNSEEN = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Text for people, one that shows what it is. */
export const textSchema = (minLength: number, maxLength: number) =>
  z
    .string()
    .trim()
    .min(minLength)
    .max(maxLength)
    .refine(text => !text.includes('\0'), 'must not contain a NUL character')
    .refine(
      text => !UNSEEN.test(text.replace(/\s/g, ' ')),
      'must not contain control characters, halves of surrogate pairs, or marks that turn the direction of text',
    )
    .refine(text => VISIBLE.test(text), 'must contain something to read');
