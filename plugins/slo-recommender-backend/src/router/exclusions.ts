import type {
  AuditorService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  exclusionInputSchema,
  exclusionSchema,
  exclusionsResponseSchema,
  exclusionUpdatePermission,
} from 'backstage-plugin-slo-recommender-common';
import type { SloReader } from '../read';
import { audited } from './audited';
import { entityRefOf, SERVICE_PATH } from './entityRefOf';
import { requirePermission } from './requirePermission';
import { defineRoute } from './route';

export const exclusionsRoutes = (options: {
  reader: SloReader;
  auditor: AuditorService;
  permissions: PermissionsService;
}) => [
  defineRoute({
    method: 'get',
    path: `${SERVICE_PATH}/exclusions`,
    operationId: 'listExclusions',
    summary: 'Hours that do not count, and those that were taken back.',
    response: exclusionsResponseSchema,
    handle: ({ params, credentials }) =>
      options.reader.getExclusions(entityRefOf(params), credentials),
  }),
  defineRoute({
    method: 'post',
    path: `${SERVICE_PATH}/exclusions`,
    operationId: 'exclude',
    summary:
      "Leaves hours out of the service's history, with the caller as their owner.",
    body: exclusionInputSchema,
    response: exclusionSchema,
    handle: async ({ params, body, credentials, request }) => {
      const entityRef = entityRefOf(params);
      return audited(
        options.auditor,
        {
          eventId: 'exclusion-mutate',
          severityLevel: 'medium',
          request,
          meta: { actionType: 'create', entityRef, ...body },
        },
        async () => {
          await requirePermission(
            options.permissions,
            { permission: exclusionUpdatePermission, resourceRef: entityRef },
            credentials,
          );
          return options.reader.exclude(entityRef, body, credentials);
        },
      );
    },
  }),
  defineRoute({
    method: 'post',
    path: `${SERVICE_PATH}/exclusions/:id/withdrawal`,
    operationId: 'withdrawExclusion',
    summary: 'Lets excluded hours count again.',
    response: exclusionSchema,
    handle: async ({ params, credentials, request }) => {
      const entityRef = entityRefOf(params);
      const { id } = params;
      return audited(
        options.auditor,
        {
          eventId: 'exclusion-mutate',
          severityLevel: 'medium',
          request,
          meta: { actionType: 'withdraw', entityRef, id },
        },
        async () => {
          await requirePermission(
            options.permissions,
            { permission: exclusionUpdatePermission, resourceRef: entityRef },
            credentials,
          );
          return options.reader.withdrawExclusion(entityRef, id, credentials);
        },
      );
    },
  }),
];
