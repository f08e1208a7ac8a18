import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  eventCreatePermission,
  serviceEventInputSchema,
  serviceEventSchema,
  serviceEventsResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { SloReader } from '../read';
import { entityRefOf, SERVICE_PATH } from './entityRefOf';
import { requirePermission } from './requirePermission';
import { defineRoute } from './route';

export const eventsRoutes = (options: {
  reader: SloReader;
  permissions: PermissionsService;
}) => [
  defineRoute({
    method: 'get',
    path: `${SERVICE_PATH}/events`,
    operationId: 'listEvents',
    summary: 'What happened to the service, the newest 500 events.',
    response: serviceEventsResponseSchema,
    handle: ({ params, credentials }) =>
      options.reader.getEvents(entityRefOf(params), credentials),
  }),
  defineRoute({
    method: 'post',
    path: `${SERVICE_PATH}/events`,
    operationId: 'reportEvent',
    summary:
      'Tells what happened to the service, as CI does after a deploy. The same event twice changes nothing.',
    body: serviceEventInputSchema,
    response: serviceEventSchema,
    handle: async ({ params, body, credentials }) => {
      const entityRef = entityRefOf(params);
      await requirePermission(
        options.permissions,
        { permission: eventCreatePermission, resourceRef: entityRef },
        credentials,
      );
      return options.reader.reportEvent(entityRef, body, credentials);
    },
  }),
];
