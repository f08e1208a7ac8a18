import { z } from 'zod';
import { entityRefSchema, instantSchema, ratioSchema } from './primitives';

/** Query of `GET /v1/services/:ref/dependencies`. */
export const dependenciesQuerySchema = z.strictObject({
  direction: z
    .enum(['downstream', 'upstream', 'both'])
    .default('both')
    .describe('downstream: what the service calls. upstream: what calls it.'),
  depth: z.coerce.number().int().min(1).max(100).default(1),
});
export type DependenciesQuery = z.infer<typeof dependenciesQuerySchema>;

export const dependencyNodeSchema = z.object({
  /** The entity reference, or `undeclared:<telemetry name>` for what the catalog does not know. */
  id: z.string(),
  entityRef: entityRefSchema.nullable(),
  name: z.string(),
  /** Entity kind in lower case, or `undeclared`. */
  kind: z.string(),
  type: z.string().nullable(),
  owner: entityRefSchema.nullable(),
  /** True where this entity is opted in and analysed. */
  analysed: z.boolean(),
});
export type DependencyNode = z.infer<typeof dependencyNodeSchema>;

export const dependencyKindSchema = z.enum(['hard', 'soft', 'async']);

export const dependencyEdgeSchema = z.object({
  /** Node id of the caller. */
  source: z.string(),
  /** Node id of the callee. */
  target: z.string(),
  declared: z.boolean(),
  observed: z.boolean(),
  kind: dependencyKindSchema,
  callsPerSecond: z.number().min(0).nullable(),
  /** Share of calls that failed as the service graph counts it. */
  failureRatio: ratioSchema.nullable(),
  firstSeenAt: instantSchema.nullable(),
  lastSeenAt: instantSchema.nullable(),
});
export type DependencyEdge = z.infer<typeof dependencyEdgeSchema>;

/** `GET /v1/services/:ref/dependencies` */
export const dependenciesResponseSchema = z.object({
  /** Node id of the service asked for. */
  root: z.string(),
  nodes: z.array(dependencyNodeSchema),
  edges: z.array(dependencyEdgeSchema),
  /** Neighbours that the reader may not see: counted, not named. */
  hiddenNodes: z.number().int().min(0),
});
export type DependenciesResponse = z.infer<typeof dependenciesResponseSchema>;
