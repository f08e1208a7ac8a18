import {
  exclusionInputSchema,
  exclusionSchema,
  exclusionsResponseSchema,
  exclusionUpdatePermission,
} from 'backstage-plugin-slo-recommender-common';
import type { SloReader } from '../read';
import { entityRefOf, SERVICE_PATH } from './entityRefOf';
import { defineRoute } from './route';

const AUDIT = {
  eventId: 'exclusion-mutate',
  severityLevel: 'medium',
} as const;

export const exclusionsRoutes = (reader: SloReader) => [
  defineRoute({
    method: 'get',
    path: `${SERVICE_PATH}/exclusions`,
    operationId: 'listExclusions',
    summary: 'Hours that do not count, and those that were taken back.',
    response: exclusionsResponseSchema,
    handle: ({ params, credentials }) =>
      reader.getExclusions(entityRefOf(params), credentials),
  }),
  defineRoute({
    method: 'post',
    path: `${SERVICE_PATH}/exclusions`,
    operationId: 'exclude',
    summary:
      "Leaves hours out of the service's history, with the caller as their owner.",
    body: exclusionInputSchema,
    response: exclusionSchema,
    permission: exclusionUpdatePermission,
    audit: { ...AUDIT, actionType: 'create' },
    handle: ({ params, body, credentials }) =>
      reader.exclude(entityRefOf(params), body, credentials),
  }),
  defineRoute({
    method: 'post',
    path: `${SERVICE_PATH}/exclusions/:id/withdrawal`,
    operationId: 'withdrawExclusion',
    summary: 'Lets excluded hours count again.',
    response: exclusionSchema,
    permission: exclusionUpdatePermission,
    audit: { ...AUDIT, actionType: 'withdraw' },
    handle: ({ params, credentials }) =>
      reader.withdrawExclusion(entityRefOf(params), params.id, credentials),
  }),
];
