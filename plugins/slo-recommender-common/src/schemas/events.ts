import { z } from 'zod';
import { get, post, SERVICE_PATH } from '../operation';
import { eventCreatePermission } from '../permissions';
import {
  entityRefSchema,
  instantInputSchema,
  instantSchema,
  textSchema,
} from './primitives';

/** Whether an address names a host, and no password for it. */
function isPublicAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, username, password } = new URL(url);
  return hostname !== '' && username === '' && password === '';
}

export const serviceEventTypeSchema = z.enum([
  'deploy',
  'config-change',
  'incident',
]);
export type ServiceEventType = z.infer<typeof serviceEventTypeSchema>;

/** Body of `POST /v1/services/:ref/events`: something that happened to a service, reported by CI or an operator. */
export const serviceEventInputSchema = z.strictObject({
  type: serviceEventTypeSchema.default('deploy'),
  /** Default is now; at most a day ahead. */
  at: instantInputSchema.optional(),
  title: textSchema(1, 200),
  version: textSchema(1, 100).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(1_000)
    .refine(url => !url.includes('\0'), 'must not contain a NUL character')
    .refine(
      isPublicAddress,
      'must name a host, and contain no user name or password',
    )
    .optional(),
  /** A report with the same id replaces the one before: retries are harmless. */
  id: z
    .string()
    .regex(/^[A-Za-z0-9._:-]{1,100}$/)
    .optional(),
});
export type ServiceEventInput = z.input<typeof serviceEventInputSchema>;

export const serviceEventSchema = z.object({
  id: z.string(),
  type: serviceEventTypeSchema,
  at: instantSchema,
  title: z.string(),
  version: z.string().nullable(),
  url: z.string().nullable(),
  /** Entity reference of the user, or name of the service, that reported it. */
  toldBy: z.string(),
});
export type ServiceEvent = z.infer<typeof serviceEventSchema>;

/** `GET /v1/services/:ref/events`, newest first. */
export const serviceEventsResponseSchema = z.object({
  entityRef: entityRefSchema,
  events: z.array(serviceEventSchema),
});
export type ServiceEventsResponse = z.infer<typeof serviceEventsResponseSchema>;

export const eventOperations = {
  getEvents: get('listEvents', `${SERVICE_PATH}/events`, {
    summary: 'What happened to the service, the newest 500 events.',
    response: serviceEventsResponseSchema,
  }),
  reportEvent: post('reportEvent', `${SERVICE_PATH}/events`, {
    summary:
      'Reports what happened to the service, as CI does after a deploy. The same event twice changes nothing; another reporter cannot replace it.',
    body: serviceEventInputSchema,
    response: serviceEventSchema,
    permission: eventCreatePermission,
    errors: [409],
    audit: {
      eventId: 'event-mutate',
      severityLevel: 'low',
      actionType: 'report',
    },
  }),
};
