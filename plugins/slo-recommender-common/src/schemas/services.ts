import { z } from 'zod';
import { get, SERVICE_PATH } from '../operation';
import {
  criticalitySchema,
  cursorSchema,
  datasourceStatusSchema,
  entityRefInputSchema,
  entityRefSchema,
  instantSchema,
  pageLimitSchema,
  pageSchema,
  ratioSchema,
  reasonSchema,
  verdictSchema,
} from './primitives';

export const serviceOrderFields = [
  'title',
  'owner',
  'verdict',
  'achieved',
  'requests',
  'promisedObjective',
  'recommendedObjective',
  'budgetRemaining',
] as const;
export type ServiceOrderField = (typeof serviceOrderFields)[number];

/** A service of the fleet as its latest analysis sees it. */
export const serviceItemSchema = z.object({
  entityRef: entityRefSchema,
  title: z.string(),
  /** Entity reference of the owner. */
  owner: entityRefSchema.nullable(),
  system: entityRefSchema.nullable(),
  criticality: criticalitySchema.nullable(),
  verdict: verdictSchema,
  reasons: z.array(reasonSchema),
  /** Measured availability over the objective window; null where nothing can be said. */
  achieved: ratioSchema.nullable(),
  /** Requests counted in the objective window; null where unknown. */
  requests: z.number().min(0).nullable(),
  /** Availability objective in the entity's annotation. */
  promisedObjective: ratioSchema.nullable(),
  /** Objective of the balanced tier. */
  recommendedObjective: ratioSchema.nullable(),
  /** Share of the promised (else the recommended) objective's budget that is left; negative when overspent. */
  budgetRemaining: z.number().max(1).nullable(),
  /** Instant up to which telemetry was used; null before the first analysis. */
  asOf: instantSchema.nullable(),
  /** True where the numbers come from a simulation. */
  simulated: z.boolean(),
});
export type ServiceItem = z.infer<typeof serviceItemSchema>;

const oneOrMany = <T extends z.ZodType>(schema: T) =>
  z
    .union([schema, z.array(schema)])
    .transform(value => (Array.isArray(value) ? value : [value]));

/** Query of `GET /v1/services`. Repeated filters of one field mean "any of them". */
export const servicesQuerySchema = z.strictObject({
  limit: pageLimitSchema.describe('Services per page.'),
  cursor: cursorSchema,
  orderBy: z
    .string()
    .regex(
      new RegExp(`^(${serviceOrderFields.join('|')})(,(asc|desc))?$`),
      `must be one of ${serviceOrderFields.join(
        ', ',
      )}, optionally followed by ",asc" or ",desc"`,
    )
    .default('title,asc')
    .describe(
      'Field and direction, for example `achieved,desc`. Unknown values come last in both directions.',
    ),
  verdict: oneOrMany(verdictSchema).optional(),
  owner: oneOrMany(entityRefInputSchema)
    .optional()
    .describe('Entity reference of the owner.'),
  system: oneOrMany(entityRefInputSchema).optional(),
  criticality: oneOrMany(criticalitySchema).optional(),
  text: z
    .string()
    .max(200)
    .optional()
    .describe('Part of the title or entity reference, in any case.'),
});
export type ServicesQuery = z.infer<typeof servicesQuerySchema>;

export const servicesResponseSchema = pageSchema(serviceItemSchema).extend({
  /** Services of each verdict among those that match the other filters: a filter by verdict does not narrow them. */
  counts: z.record(verdictSchema, z.number().int().min(0)),
});
export type ServicesResponse = z.infer<typeof servicesResponseSchema>;

/** Something in the entity's annotations that could not be used. */
export const annotationIssueSchema = z.object({
  annotation: z.string(),
  message: z.string(),
});
export type AnnotationIssue = z.infer<typeof annotationIssueSchema>;

/** `GET /v1/services/:ref`: the item of the list with what only the service's own page shows. */
export const serviceSummarySchema = serviceItemSchema.extend({
  telemetryNames: z.array(z.string()),
  annotationIssues: z.array(annotationIssueSchema),
  /** What the entity refers to and the catalog does not hold. */
  danglingReferences: z.array(
    z.object({ targetRef: entityRefSchema, relation: z.string() }),
  ),
  datasource: datasourceStatusSchema.nullable(),
});
export type ServiceSummary = z.infer<typeof serviceSummarySchema>;

export const serviceOperations = {
  getServices: get('listServices', '/v1/services', {
    summary: 'Services of the fleet: filtered, sorted and paged.',
    query: servicesQuerySchema,
    response: servicesResponseSchema,
  }),
  getService: get('getService', SERVICE_PATH, {
    summary: 'One service in short.',
    response: serviceSummarySchema,
  }),
};
