import {
  dependenciesQuerySchema,
  dependenciesResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { SloReader } from '../read';
import { entityRefOf, SERVICE_PATH } from './entityRefOf';
import { defineRoute } from './route';

export const dependenciesRoutes = (reader: SloReader) => [
  defineRoute({
    method: 'get',
    path: `${SERVICE_PATH}/dependencies`,
    operationId: 'getDependencies',
    summary: 'What the service calls and what calls it, declared and observed.',
    query: dependenciesQuerySchema,
    response: dependenciesResponseSchema,
    handle: ({ params, query, credentials }) =>
      reader.getDependencies(entityRefOf(params), query, credentials),
  }),
];
