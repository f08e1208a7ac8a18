import { z } from 'zod';
import { get, SERVICE_PATH } from '../operation';
import { dependencyEdgeSchema } from './dependencies';
import {
  entityRefSchema,
  fleetPageQuerySchema,
  instantSchema,
  pageSchema,
} from './primitives';

/** A neighbour on which catalog and telemetry do not agree. */
export const divergentDependencySchema = z.object({
  /** Node id of the callee. */
  target: z.string(),
  name: z.string(),
  entityRef: entityRefSchema.nullable(),
  edge: dependencyEdgeSchema,
  /** What it means and what to do, in words. */
  advice: z.string(),
});
export type DivergentDependency = z.infer<typeof divergentDependencySchema>;

/** `GET /v1/services/:ref/divergence`: what the service calls by the catalog's word and by telemetry's. */
export const divergenceResponseSchema = z.object({
  entityRef: entityRefSchema,
  /** Observed and not declared. */
  undeclared: z.array(divergentDependencySchema),
  /** Declared and not observed, although the service is seen calling others. */
  unseen: z.array(divergentDependencySchema),
  /** Edges on which both agree. */
  agreeing: z.number().int().min(0),
  /** True where no source sees the calls of this service, so that nothing can be said of declared edges. */
  unobserved: z.boolean(),
  /** Divergent neighbours that the reader may not see. */
  hidden: z.number().int().min(0),
  /** Lines of `catalog-info.yaml` that declare what was observed; null where nothing is missing. */
  catalogLines: z.string().nullable(),
});
export type DivergenceResponse = z.infer<typeof divergenceResponseSchema>;

const divergenceCounts = {
  undeclared: z.number().int().min(0),
  unseen: z.number().int().min(0),
  agreeing: z.number().int().min(0),
};

export const divergentServiceSchema = z.object({
  entityRef: entityRefSchema,
  title: z.string(),
  owner: entityRefSchema.nullable(),
  ...divergenceCounts,
});
export type DivergentService = z.infer<typeof divergentServiceSchema>;

/** `GET /v1/fleet/divergence`: services with the most divergent dependencies first; agreeing ones are left out. */
export const fleetDivergenceResponseSchema = pageSchema(
  divergentServiceSchema,
).extend({ totals: z.object(divergenceCounts) });
export type FleetDivergenceResponse = z.infer<
  typeof fleetDivergenceResponseSchema
>;

/** Names that may be one service, with what speaks for it. */
export const aliasCandidateSchema = z.object({
  /** Node ids, the one to keep first. */
  ids: z.array(z.string()).min(2),
  names: z.array(z.string()).min(2),
  /** The entity that they would be joined to; null where the catalog has none of them. */
  entityRef: entityRefSchema.nullable(),
  evidence: z.array(z.object({ code: z.string(), message: z.string() })).min(1),
  /** Annotation that joins them. */
  annotation: z.object({ name: z.string(), value: z.string() }),
});
export type AliasCandidate = z.infer<typeof aliasCandidateSchema>;

/** A name that telemetry or a report knows and the catalog does not. */
export const undeclaredServiceSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string().nullable(),
  /** Visible services that call it. */
  callers: z.array(z.object({ id: z.string(), name: z.string() })),
  hiddenCallers: z.number().int().min(0),
  callsPerSecond: z.number().min(0).nullable(),
  firstSeenAt: instantSchema.nullable(),
  lastSeenAt: instantSchema.nullable(),
  /** Readable entities that the name could mean, if they are several and nothing says which. */
  claimants: z.array(entityRefSchema).min(1).optional(),
  /** An entity to begin with in `catalog-info.yaml`. */
  catalogLines: z.string(),
});
export type UndeclaredService = z.infer<typeof undeclaredServiceSchema>;

/** `GET /v1/fleet/undeclared-services` */
export const undeclaredServicesResponseSchema = pageSchema(
  undeclaredServiceSchema,
).extend({
  /** Names that identify no service and are not listed, by what they are; left out if there are none. */
  folded: z
    .object({
      addresses: z.number().int().min(0),
      /** For example `unknown_service:java`. */
      placeholders: z.number().int().min(0),
      /** Those that look like personal data or secrets. */
      withheld: z.number().int().min(0),
    })
    .optional(),
});
export type UndeclaredServicesResponse = z.infer<
  typeof undeclaredServicesResponseSchema
>;

/** `GET /v1/fleet/aliases`: names that may be one service. */
export const aliasCandidatesResponseSchema = pageSchema(aliasCandidateSchema);
export type AliasCandidatesResponse = z.infer<
  typeof aliasCandidatesResponseSchema
>;

/** `GET /v1/fleet/observed-dependencies`: every edge between catalog entities that was observed and nobody declared. */
export const observedDependenciesResponseSchema = z.object({
  items: z.array(
    z.object({
      source: entityRefSchema,
      target: entityRefSchema,
      origins: z.array(z.string()),
      lastSeenAt: instantSchema.nullable(),
    }),
  ),
});
export type ObservedDependenciesResponse = z.infer<
  typeof observedDependenciesResponseSchema
>;

/** `GET /v1/fleet/dangling-references`: entities that the catalog refers to and does not hold, each once. */
export const danglingReferencesResponseSchema = pageSchema(
  z.object({
    targetRef: entityRefSchema,
    /** Visible entities that refer to it, with the relation, for example `dependsOn`. */
    referencedBy: z.array(
      z.object({ entityRef: entityRefSchema, relation: z.string() }),
    ),
    hiddenReferences: z.number().int().min(0),
  }),
);
export type DanglingReferencesResponse = z.infer<
  typeof danglingReferencesResponseSchema
>;

export const divergenceOperations = {
  getDivergence: get('getDivergence', `${SERVICE_PATH}/divergence`, {
    summary: 'Where catalog and telemetry disagree on what the service calls.',
    response: divergenceResponseSchema,
    errors: [409],
  }),
  getFleetDivergence: get('listDivergence', '/v1/fleet/divergence', {
    summary: 'Services on whose dependencies catalog and telemetry disagree.',
    query: fleetPageQuerySchema,
    response: fleetDivergenceResponseSchema,
  }),
  getUndeclaredServices: get(
    'listUndeclaredServices',
    '/v1/fleet/undeclared-services',
    {
      summary: 'Names that telemetry knows and the catalog does not.',
      query: fleetPageQuerySchema,
      response: undeclaredServicesResponseSchema,
    },
  ),
  getAliasCandidates: get('listAliasCandidates', '/v1/fleet/aliases', {
    summary: 'Names that may be one service, with what speaks for it.',
    query: fleetPageQuerySchema,
    response: aliasCandidatesResponseSchema,
  }),
  getDanglingReferences: get(
    'listDanglingReferences',
    '/v1/fleet/dangling-references',
    {
      summary: 'What the catalog refers to and does not hold.',
      query: fleetPageQuerySchema,
      response: danglingReferencesResponseSchema,
    },
  ),
  getObservedDependencies: get(
    'listObservedDependencies',
    '/v1/fleet/observed-dependencies',
    {
      summary: 'Edges between entities that were observed and nobody declared.',
      response: observedDependenciesResponseSchema,
    },
  ),
};
