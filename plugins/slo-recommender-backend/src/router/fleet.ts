import {
  aliasCandidatesResponseSchema,
  danglingReferencesResponseSchema,
  fleetCalibrationQuerySchema,
  fleetCalibrationResponseSchema,
  fleetDivergenceResponseSchema,
  fleetPageQuerySchema,
  observedDependenciesResponseSchema,
  undeclaredServicesResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { GraphReader, SloReader } from '../read';
import { defineRoute } from './route';

export const fleetRoutes = (options: {
  reader: SloReader;
  graphReader: GraphReader;
}) => [
  defineRoute({
    method: 'get',
    path: '/v1/fleet/divergence',
    operationId: 'listDivergence',
    summary: 'Services on whose dependencies catalog and telemetry disagree.',
    query: fleetPageQuerySchema,
    response: fleetDivergenceResponseSchema,
    handle: ({ query, credentials }) =>
      options.graphReader.listDivergence(query, credentials),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/fleet/undeclared-services',
    operationId: 'listUndeclaredServices',
    summary: 'Names that telemetry knows and the catalog does not.',
    query: fleetPageQuerySchema,
    response: undeclaredServicesResponseSchema,
    handle: ({ query, credentials }) =>
      options.graphReader.listUndeclaredServices(query, credentials),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/fleet/aliases',
    operationId: 'listAliasCandidates',
    summary: 'Names that may be one service, with what speaks for it.',
    query: fleetPageQuerySchema,
    response: aliasCandidatesResponseSchema,
    handle: ({ query, credentials }) =>
      options.graphReader.listAliasCandidates(query, credentials),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/fleet/dangling-references',
    operationId: 'listDanglingReferences',
    summary: 'What the catalog refers to and does not hold.',
    query: fleetPageQuerySchema,
    response: danglingReferencesResponseSchema,
    handle: ({ query, credentials }) =>
      options.graphReader.listDanglingReferences(query, credentials),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/fleet/observed-dependencies',
    operationId: 'listObservedDependencies',
    summary: 'Edges between entities that were observed and nobody declared.',
    response: observedDependenciesResponseSchema,
    handle: ({ credentials }) =>
      options.graphReader.listObservedDependencies(credentials),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/fleet/calibration',
    operationId: 'getFleetCalibration',
    summary:
      'Past windows predicted from what was known before each, against what happened.',
    query: fleetCalibrationQuerySchema,
    response: fleetCalibrationResponseSchema,
    handle: ({ query }) => options.reader.getFleetCalibration(query.sliType),
  }),
];
