import {
  eventCreatePermission,
  serviceEventInputSchema,
  serviceEventSchema,
  serviceEventsResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { SloReader } from '../read';
import { entityRefOf, SERVICE_PATH } from './entityRefOf';
import { defineRoute } from './route';

export const eventsRoutes = (reader: SloReader) => [
  defineRoute({
    method: 'get',
    path: `${SERVICE_PATH}/events`,
    operationId: 'listEvents',
    summary: 'What happened to the service, the newest 500 events.',
    response: serviceEventsResponseSchema,
    handle: ({ params, credentials }) =>
      reader.getEvents(entityRefOf(params), credentials),
  }),
  defineRoute({
    method: 'post',
    path: `${SERVICE_PATH}/events`,
    operationId: 'reportEvent',
    summary:
      'Tells what happened to the service, as CI does after a deploy. The same event twice changes nothing.',
    body: serviceEventInputSchema,
    response: serviceEventSchema,
    permission: eventCreatePermission,
    handle: ({ params, body, credentials }) =>
      reader.reportEvent(entityRefOf(params), body, credentials),
  }),
];
