import {
  aliasCandidatesResponseSchema,
  danglingReferencesResponseSchema,
  fleetDivergenceResponseSchema,
  fleetPageQuerySchema,
  observedDependenciesResponseSchema,
  undeclaredServicesResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { GraphReader } from '../read';
import { defineRoute } from './route';

export const fleetRoutes = (reader: GraphReader) => [
  defineRoute({
    method: 'get',
    path: '/v1/fleet/divergence',
    operationId: 'listDivergence',
    summary: 'Services on whose dependencies catalog and telemetry disagree.',
    query: fleetPageQuerySchema,
    response: fleetDivergenceResponseSchema,
    handle: ({ query, credentials }) =>
      reader.listDivergence(query, credentials),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/fleet/undeclared-services',
    operationId: 'listUndeclaredServices',
    summary: 'Names that telemetry knows and the catalog does not.',
    query: fleetPageQuerySchema,
    response: undeclaredServicesResponseSchema,
    handle: ({ query, credentials }) =>
      reader.listUndeclaredServices(query, credentials),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/fleet/aliases',
    operationId: 'listAliasCandidates',
    summary: 'Names that may be one service, with what speaks for it.',
    query: fleetPageQuerySchema,
    response: aliasCandidatesResponseSchema,
    handle: ({ query, credentials }) =>
      reader.listAliasCandidates(query, credentials),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/fleet/dangling-references',
    operationId: 'listDanglingReferences',
    summary: 'What the catalog refers to and does not hold.',
    query: fleetPageQuerySchema,
    response: danglingReferencesResponseSchema,
    handle: ({ query, credentials }) =>
      reader.listDanglingReferences(query, credentials),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/fleet/observed-dependencies',
    operationId: 'listObservedDependencies',
    summary: 'Edges between entities that were observed and nobody declared.',
    response: observedDependenciesResponseSchema,
    handle: ({ credentials }) => reader.listObservedDependencies(credentials),
  }),
];
