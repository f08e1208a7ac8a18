import {
  dependenciesCreatePermission,
  dependenciesQuerySchema,
  dependenciesResponseSchema,
  dependencyReportResponseSchema,
  dependencyReportSchema,
  divergenceResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { DependencyReports } from '../graph';
import type { SloReader } from '../read';
import { entityRefOf, SERVICE_PATH } from './entityRefOf';
import { defineRoute } from './route';

export const dependenciesRoutes = (options: {
  reader: SloReader;
  reports: DependencyReports;
}) => [
  defineRoute({
    method: 'post',
    path: '/v1/services/dependencies',
    operationId: 'reportDependencies',
    summary:
      'Tells of services and dependencies, as CI, a mesh or a cluster does. The same report twice changes nothing.',
    body: dependencyReportSchema,
    // a report of the whole fleet has 100,000 edges
    bodyLimit: '32mb',
    response: dependencyReportResponseSchema,
    permission: dependenciesCreatePermission,
    handle: ({ body }) => options.reports.take(body),
  }),
  defineRoute({
    method: 'get',
    path: `${SERVICE_PATH}/dependencies`,
    operationId: 'getDependencies',
    summary: 'What the service calls and what calls it, declared and observed.',
    query: dependenciesQuerySchema,
    response: dependenciesResponseSchema,
    handle: ({ params, query, credentials }) =>
      options.reader.getDependencies(entityRefOf(params), query, credentials),
  }),
  defineRoute({
    method: 'get',
    path: `${SERVICE_PATH}/divergence`,
    operationId: 'getDivergence',
    summary: 'Where catalog and telemetry disagree on what the service calls.',
    response: divergenceResponseSchema,
    handle: ({ params, credentials }) =>
      options.reader.getDivergence(entityRefOf(params), credentials),
  }),
];
