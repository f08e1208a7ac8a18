import {
  recommendationsQuerySchema,
  recommendationsResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { SloReader } from '../read';
import { entityRefOf, SERVICE_PATH } from './entityRefOf';
import { defineRoute } from './route';

export const recommendationsRoutes = (reader: SloReader) => [
  defineRoute({
    method: 'get',
    path: `${SERVICE_PATH}/slo-recommendations`,
    operationId: 'getSloRecommendations',
    summary: 'What the service can promise, with the evidence.',
    query: recommendationsQuerySchema,
    response: recommendationsResponseSchema,
    handle: ({ params, query, credentials }) =>
      reader.getRecommendations(entityRefOf(params), query, credentials),
  }),
];
