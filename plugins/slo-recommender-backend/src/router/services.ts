import {
  servicesQuerySchema,
  servicesResponseSchema,
  serviceSummarySchema,
} from 'backstage-plugin-slo-recommender-common';
import type { SloReader } from '../read';
import { entityRefOf, SERVICE_PATH } from './entityRefOf';
import { defineRoute } from './route';

export const servicesRoutes = (reader: SloReader) => [
  defineRoute({
    method: 'get',
    path: '/v1/services',
    operationId: 'listServices',
    summary: 'Services of the fleet: filtered, sorted and paged.',
    query: servicesQuerySchema,
    response: servicesResponseSchema,
    handle: ({ query, credentials }) => reader.listServices(query, credentials),
  }),
  defineRoute({
    method: 'get',
    path: SERVICE_PATH,
    operationId: 'getService',
    summary: 'One service in short.',
    response: serviceSummarySchema,
    handle: ({ params, credentials }) =>
      reader.getService(entityRefOf(params), credentials),
  }),
];
