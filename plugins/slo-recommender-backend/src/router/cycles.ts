import {
  acknowledgeCycleRequestSchema,
  cycleSchema,
  cyclesQuerySchema,
  cyclesResponseSchema,
  cycleUpdatePermission,
} from 'backstage-plugin-slo-recommender-common';
import type { GraphReader } from '../read';
import { defineRoute } from './route';

export const cyclesRoutes = (reader: GraphReader) => [
  defineRoute({
    method: 'get',
    path: '/v1/fleet/cycles',
    operationId: 'listCycles',
    summary: 'Services that call each other in a circle.',
    query: cyclesQuerySchema,
    response: cyclesResponseSchema,
    handle: ({ query, credentials }) => reader.listCycles(query, credentials),
  }),
  defineRoute({
    method: 'get',
    path: '/v1/fleet/cycles/:id',
    operationId: 'getCycle',
    summary: 'One cycle, with its calls and what to change.',
    response: cycleSchema,
    handle: ({ params, credentials }) =>
      reader.getCycle(params.id, credentials),
  }),
  defineRoute({
    method: 'post',
    path: '/v1/fleet/cycles/:id/acknowledgement',
    operationId: 'acknowledgeCycle',
    summary: 'Accepts a cycle as it is, or opens it again.',
    body: acknowledgeCycleRequestSchema,
    response: cycleSchema,
    permission: cycleUpdatePermission,
    handle: ({ params, body, credentials }) =>
      reader.acknowledgeCycle(params.id, body, credentials),
  }),
];
