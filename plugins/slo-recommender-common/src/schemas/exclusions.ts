import { z } from 'zod';
import { get, post, SERVICE_PATH } from '../operation';
import { exclusionUpdatePermission } from '../permissions';
import {
  entityRefSchema,
  instantInputSchema,
  instantSchema,
  ratioSchema,
  textSchema,
} from './primitives';

/** Body of `POST /v1/services/:ref/exclusions`: hours to leave out. */
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

const audit = { eventId: 'exclusion-mutate', severityLevel: 'medium' } as const;

export const exclusionOperations = {
  getExclusions: get('listExclusions', `${SERVICE_PATH}/exclusions`, {
    summary: 'Hours that do not count, and those that were taken back.',
    response: exclusionsResponseSchema,
  }),
  exclude: post('exclude', `${SERVICE_PATH}/exclusions`, {
    summary:
      "Leaves hours out of the service's history, with the caller as their owner.",
    body: exclusionInputSchema,
    response: exclusionSchema,
    permission: exclusionUpdatePermission,
    audit: { ...audit, actionType: 'create' },
    errors: [409],
  }),
  withdrawExclusion: post(
    'withdrawExclusion',
    `${SERVICE_PATH}/exclusions/:id/withdrawal`,
    {
      summary: 'Lets excluded hours count again.',
      response: exclusionSchema,
      permission: exclusionUpdatePermission,
      audit: { ...audit, actionType: 'withdraw' },
      errors: [409],
    },
  ),
};
