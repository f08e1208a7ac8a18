import { z } from 'zod';
import { get, SERVICE_PATH } from '../operation';
import { latencyIntervalSchema } from './latency';
import {
  entityRefSchema,
  instantSchema,
  queryFlagSchema,
  ratioSchema,
  verdictSchema,
} from './primitives';

/** Most nodes that one answer holds; farther ones are counted and left out. */
export const MAX_DEPENDENCY_NODES = 5_000;

/** Query of `GET /v1/services/:ref/dependencies`. */
export const dependenciesQuerySchema = z.strictObject({
  direction: z
    .enum(['downstream', 'upstream', 'both'])
    .default('both')
    .describe('downstream: what the service calls. upstream: what calls it.'),
  depth: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(1)
    .describe('Edges between the service and the farthest node.'),
  includeStale: queryFlagSchema
    .default(false)
    .describe('Whether to include edges that no source has seen for long.'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_DEPENDENCY_NODES)
    .default(1_000)
    .describe('Most nodes of the answer, nearest first.'),
});
export type DependenciesQuery = z.infer<typeof dependenciesQuerySchema>;

/** How a name of telemetry was joined to a service. */
export const aliasSchema = z.object({
  name: z.string(),
  /**
   * `annotation`: the entity names it. `entity-name`: it is the entity's own name. `rule`: a configured rewrite rule leads to
   * it. `evidence`: the names differ only in what means nothing, such as case or port.
   */
  joinedBy: z.enum(['annotation', 'entity-name', 'rule', 'evidence']),
  /** Why, in words. */
  reason: z.string(),
});
export type Alias = z.infer<typeof aliasSchema>;

export const dependencyNodeSchema = z.object({
  /** The entity reference, or `undeclared:<telemetry name>` for what the catalog does not know. */
  id: z.string(),
  entityRef: entityRefSchema.nullable(),
  name: z.string(),
  /** Entity kind in lower case, or `undeclared`. */
  kind: z.string(),
  type: z.string().nullable(),
  owner: entityRefSchema.nullable(),
  system: entityRefSchema.nullable(),
  /** True where this entity is opted in and analysed. */
  analysed: z.boolean(),
  /** False where the catalog refers to the entity and does not hold it, and for undeclared services. */
  inCatalog: z.boolean(),
  /** Edges from the service asked for to this node, and from this node to it; null where there is no such path. */
  downstreamDistance: z.number().int().min(0).nullable(),
  upstreamDistance: z.number().int().min(0).nullable(),
  /** Services that call it and that it calls in the whole graph, seen or not. */
  fanIn: z.number().int().min(0),
  fanOut: z.number().int().min(0),
  /** Names under which telemetry knows it. */
  aliases: z.array(aliasSchema),
  /** Cycle that it is part of. */
  cycleId: z.string().nullable(),
  /**
   * Given if the node stands for names that identify no service, such as addresses of pods or `unknown_service`: how many
   * there are. They are not listed.
   */
  foldedNames: z.number().int().min(1).optional(),
  verdict: verdictSchema.nullable(),
  achieved: ratioSchema.nullable(),
  promisedObjective: ratioSchema.nullable(),
  recommendedObjective: ratioSchema.nullable(),
  /** Share of the error budget that is left; negative when overspent. */
  budgetRemaining: z.number().max(1).nullable(),
});
export type DependencyNode = z.infer<typeof dependencyNodeSchema>;

/** How a call is made. `async`: through a queue or topic. `virtual`: the callee is known from the caller's side alone. */
export const dependencyKindSchema = z.enum([
  'sync',
  'async',
  'database',
  'virtual',
]);
export type DependencyKind = z.infer<typeof dependencyKindSchema>;

/** Whether the caller fails where the callee does. Asynchronous edges are never hard. */
export const dependencyStrengthSchema = z.enum(['hard', 'soft']);
export type DependencyStrength = z.infer<typeof dependencyStrengthSchema>;

export const edgeLatencySchema = z.object({
  /** Which side measured it. */
  side: z.enum(['client', 'server']),
  p50: latencyIntervalSchema,
  p95: latencyIntervalSchema,
  p99: latencyIntervalSchema,
});
export type EdgeLatency = z.infer<typeof edgeLatencySchema>;

/** What one source says of an edge. */
export const edgeProvenanceSchema = z.object({
  /** `catalog`, `telemetry:<datasource id>` or `report:<source id>`. */
  origin: z.string(),
  firstSeenAt: instantSchema.nullable(),
  lastSeenAt: instantSchema.nullable(),
  /** How often the source has reported the edge. */
  reports: z.number().int().min(1),
  calls: z.number().min(0).nullable(),
  failedCalls: z.number().min(0).nullable(),
  /** Seconds over which the calls were counted. */
  seconds: z.number().positive().nullable(),
  /** Further attributes in the source's own words. */
  attributes: z.record(z.string(), z.string()),
});
export type EdgeProvenance = z.infer<typeof edgeProvenanceSchema>;

export const dependencyEdgeSchema = z.object({
  /** Node id of the caller. */
  source: z.string(),
  /** Node id of the callee. */
  target: z.string(),
  /** The catalog, or a source that speaks for it, says so. */
  declared: z.boolean(),
  /** Calls were seen. */
  observed: z.boolean(),
  kind: dependencyKindSchema,
  strength: dependencyStrengthSchema,
  callsPerSecond: z.number().min(0).nullable(),
  /** Calls to the callee for each request that the caller serves, retries included; null where either is unknown. */
  callsPerRequest: z.number().min(0).nullable(),
  /** Share of calls that failed as the caller sees it. */
  failureRatio: ratioSchema.nullable(),
  latency: edgeLatencySchema.nullable(),
  firstSeenAt: instantSchema.nullable(),
  lastSeenAt: instantSchema.nullable(),
  /** How sure it is that the edge exists, from the sources and how recently they reported it. */
  confidence: ratioSchema,
  /** True if no source has reported it for the configured time. */
  stale: z.boolean(),
  cycleId: z.string().nullable(),
  provenance: z.array(edgeProvenanceSchema).min(1),
});
export type DependencyEdge = z.infer<typeof dependencyEdgeSchema>;

/** `GET /v1/services/:ref/dependencies` */
export const dependenciesResponseSchema = z.object({
  /** Node id of the service asked for. */
  root: z.string(),
  nodes: z.array(dependencyNodeSchema),
  edges: z.array(dependencyEdgeSchema),
  /** Nodes that the reader may not see, and edges to them: counted, not named. */
  hiddenNodes: z.number().int().min(0),
  hiddenEdges: z.number().int().min(0),
  /** Stale edges that were left out. */
  staleEdges: z.number().int().min(0),
  /** Nodes that were left out because of the limit. */
  omittedNodes: z.number().int().min(0),
});
export type DependenciesResponse = z.infer<typeof dependenciesResponseSchema>;

export const dependencyOperations = {
  getDependencies: get('getDependencies', `${SERVICE_PATH}/dependencies`, {
    summary: 'What the service calls and what calls it, declared and observed.',
    query: dependenciesQuerySchema,
    response: dependenciesResponseSchema,
    errors: [409],
  }),
};
