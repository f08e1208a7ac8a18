import { z } from 'zod';
import {
  entityRefSchema,
  instantInputSchema,
  instantSchema,
  ratioSchema,
} from './primitives';

/** Control characters, halves of characters, and the marks by which text can be made to read other than it is. */
const UNSEEN = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whether an address names a host, and no password for it. */
function isPublicAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, username, password } = new URL(url);
  return hostname !== '' && username === '' && password === '';
}

const textSchema = (minLength: number, maxLength: number) =>
  z
    .string()
    .trim()
    .min(minLength)
    .max(maxLength)
    .refine(text => !text.includes('\0'), 'must not contain a NUL character')
    .refine(
      text => !UNSEEN.test(text.replace(/\s/g, ' ')),
      'must not contain control characters, halves of surrogate pairs, or marks that turn the direction of text',
    )
    .refine(text => VISIBLE.test(text), 'must contain something to read');

export const serviceEventTypeSchema = z.enum([
  'deploy',
  'config-change',
  'incident',
]);
export type ServiceEventType = z.infer<typeof serviceEventTypeSchema>;

/** Body of `POST /v1/services/:ref/events`: something that happened to a service, told by CI or an operator. */
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
  /** Telling the same id again replaces what was told: retries are harmless. */
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
  /** Entity reference of the user, or name of the service, that told it. */
  toldBy: z.string(),
});
export type ServiceEvent = z.infer<typeof serviceEventSchema>;

/** `GET /v1/services/:ref/events`, newest first. */
export const serviceEventsResponseSchema = z.object({
  entityRef: entityRefSchema,
  events: z.array(serviceEventSchema),
});
export type ServiceEventsResponse = z.infer<typeof serviceEventsResponseSchema>;

/** Body of `POST /v1/services/:ref/exclusions`: hours that shall not count. */
export const exclusionInputSchema = z.strictObject({
  /** Widened to full hours. */
  from: instantInputSchema,
  to: instantInputSchema,
  reason: textSchema(3, 500),
});
export type ExclusionInput = z.input<typeof exclusionInputSchema>;

export const exclusionSchema = z.object({
  id: z.string(),
  from: instantSchema,
  to: instantSchema,
  reason: z.string(),
  /** Who excluded it. */
  owner: z.string(),
  createdAt: instantSchema,
  /** Who took it back, and when; null where it holds. */
  withdrawn: z.object({ by: z.string(), at: instantSchema }).nullable(),
});
export type Exclusion = z.infer<typeof exclusionSchema>;

/** `GET /v1/services/:ref/exclusions`, newest first. */
export const exclusionsResponseSchema = z.object({
  entityRef: entityRefSchema,
  exclusions: z.array(exclusionSchema),
  /** Most of a window's hours, and of its requests, that may be left out. */
  cap: ratioSchema,
});
export type ExclusionsResponse = z.infer<typeof exclusionsResponseSchema>;
