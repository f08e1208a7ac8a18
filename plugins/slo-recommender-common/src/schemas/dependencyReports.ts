import { z } from 'zod';
import { post } from '../operation';
import { dependenciesCreatePermission } from '../permissions';
import {
  dependencyKindSchema,
  dependencyStrengthSchema,
  edgeLatencySchema,
} from './dependencies';
import { instantInputSchema } from './primitives';

/** Most nodes and edges of one report. */
export const MAX_REPORTED_NODES = 20_000;
export const MAX_REPORTED_EDGES = 100_000;

/** A service as its reporter knows it: an entity reference where it has a colon and a slash, else a telemetry name. */
const serviceNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine(name => !name.includes('\0'), 'must not contain a NUL character')
  .describe(
    "Entity reference such as 'component:default/checkout', or the name that telemetry has.",
  );

const attributesSchema = z
  .record(z.string().min(1).max(100), z.string().max(500))
  .refine(
    attributes => Object.keys(attributes).length <= 20,
    'must not have more than 20 entries',
  );

export const reportedNodeSchema = z.strictObject({
  name: serviceNameSchema,
  title: z.string().min(1).max(200).optional(),
  type: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe("For example 'service', 'database', 'queue' or 'external'."),
  aliases: z
    .array(serviceNameSchema)
    .max(20)
    .optional()
    .describe('Other names of the same service.'),
});
export type ReportedNode = z.infer<typeof reportedNodeSchema>;

export const reportedEdgeSchema = z
  .strictObject({
    source: serviceNameSchema.describe('The caller.'),
    target: serviceNameSchema.describe('The callee.'),
    kind: dependencyKindSchema.optional(),
    strength: dependencyStrengthSchema.optional(),
    calls: z.number().min(0).max(1e15).optional(),
    failedCalls: z.number().min(0).max(1e15).optional(),
    seconds: z
      .number()
      .min(0.001)
      .max(1e9)
      .optional()
      .describe('Seconds over which the calls were counted.'),
    latency: edgeLatencySchema.optional(),
    firstSeenAt: instantInputSchema.optional(),
    lastSeenAt: instantInputSchema.optional(),
    attributes: attributesSchema.optional(),
  })
  .refine(
    ({ calls, failedCalls }) => (failedCalls ?? 0) <= (calls ?? 0),
    'failedCalls must not be above calls, and needs calls',
  )
  .refine(
    ({ latency }) =>
      latency === undefined ||
      [latency.p50, latency.p95, latency.p99].every(
        ({ fromSeconds, toSeconds }) =>
          toSeconds === null || fromSeconds <= toSeconds,
      ),
    'fromSeconds must not be above toSeconds',
  )
  .refine(
    ({ firstSeenAt, lastSeenAt }) =>
      firstSeenAt === undefined ||
      lastSeenAt === undefined ||
      Date.parse(firstSeenAt) <= Date.parse(lastSeenAt),
    'firstSeenAt must not be after lastSeenAt',
  );
export type ReportedEdge = z.infer<typeof reportedEdgeSchema>;

/** Body of `POST /v1/services/dependencies`. */
export const dependencyReportSchema = z.strictObject({
  source: z
    .string()
    .regex(
      /^[\w.-]{1,100}$/,
      'must be a name of letters, digits, points, dashes and underscores',
    )
    .describe(
      'Who reports, for example kubernetes-eu or istio-mesh. Reports of one source are merged.',
    ),
  mode: z
    .enum(['merge', 'replace'])
    .default('merge')
    .describe(
      'merge: adds to what the source has reported before. replace: this is all that the source knows.',
    ),
  claim: z
    .enum(['observed', 'declared'])
    .default('observed')
    .describe(
      'observed: calls were seen. declared: the source says what is meant to be, as a manifest does.',
    ),
  reportedAt: instantInputSchema
    .optional()
    .describe('When it was so; now, where absent.'),
  nodes: z.array(reportedNodeSchema).max(MAX_REPORTED_NODES).default([]),
  edges: z.array(reportedEdgeSchema).max(MAX_REPORTED_EDGES).default([]),
});
export type DependencyReport = z.infer<typeof dependencyReportSchema>;
export type DependencyReportInput = z.input<typeof dependencyReportSchema>;

/** What became of a report. */
export const dependencyReportResponseSchema = z.object({
  source: z.string(),
  nodes: z.number().int().min(0),
  edges: z.number().int().min(0),
  /** Edges that this source had not reported before. */
  newEdges: z.number().int().min(0),
  /** Edges that a report in mode `replace` did not repeat. */
  removedEdges: z.number().int().min(0),
  /**
   * Different names that identify no service: addresses, placeholders such as `unknown_service`, and personal data. They
   * are counted and not kept. Left out if there are none.
   */
  foldedNames: z.number().int().min(1).optional(),
});
export type DependencyReportResponse = z.infer<
  typeof dependencyReportResponseSchema
>;

export const dependencyReportOperations = {
  reportDependencies: post('reportDependencies', '/v1/services/dependencies', {
    summary:
      'Reports services and dependencies, as CI, a mesh or a cluster does. The same report twice changes nothing.',
    body: dependencyReportSchema,
    // a report of the whole fleet has 100,000 edges
    bodyLimit: '32mb',
    callsPerMinute: 60,
    response: dependencyReportResponseSchema,
    permission: dependenciesCreatePermission,
    audit: {
      eventId: 'dependencies-mutate',
      severityLevel: 'low',
      actionType: 'report',
    },
  }),
};
