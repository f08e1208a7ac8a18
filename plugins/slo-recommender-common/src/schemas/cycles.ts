import { z } from 'zod';
import { get, post } from '../operation';
import { cycleUpdatePermission } from '../permissions';
import { dependencyKindSchema, dependencyStrengthSchema } from './dependencies';
import {
  entityRefSchema,
  fleetPageQuerySchema,
  instantSchema,
  pageSchema,
  ratioSchema,
} from './primitives';

/** `resolved`: the calls no longer form a cycle. */
export const cycleStateSchema = z.enum(['open', 'acknowledged', 'resolved']);
export type CycleState = z.infer<typeof cycleStateSchema>;

export const cycleMemberSchema = z.object({
  id: z.string(),
  entityRef: entityRefSchema.nullable(),
  name: z.string(),
  owner: entityRefSchema.nullable(),
});
export type CycleMember = z.infer<typeof cycleMemberSchema>;

export const cycleCallSchema = z.object({
  source: z.string(),
  target: z.string(),
  kind: dependencyKindSchema,
  strength: dependencyStrengthSchema,
  declared: z.boolean(),
  observed: z.boolean(),
  callsPerSecond: z.number().min(0).nullable(),
  failureRatio: ratioSchema.nullable(),
});
export type CycleCall = z.infer<typeof cycleCallSchema>;

/** Services that call each other in a circle. */
export const cycleSchema = z.object({
  id: z.string(),
  state: cycleStateSchema,
  members: z.array(cycleMemberSchema),
  /** Members that the reader may not see. */
  hiddenMembers: z.number().int().min(0),
  calls: z.array(cycleCallSchema),
  /** What to change, the least invasive first. */
  advice: z.array(z.string()),
  detectedAt: instantSchema,
  resolvedAt: instantSchema.nullable(),
  /** Entity reference of the person, with when and why. */
  acknowledgement: z
    .object({
      by: z.string(),
      at: instantSchema,
      reason: z.string(),
    })
    .nullable(),
});
export type Cycle = z.infer<typeof cycleSchema>;

/** Query of `GET /v1/fleet/cycles`. */
export const cyclesQuerySchema = fleetPageQuerySchema.extend({
  state: cycleStateSchema.optional(),
});
export type CyclesQuery = z.infer<typeof cyclesQuerySchema>;

/** `GET /v1/fleet/cycles` */
export const cyclesResponseSchema = pageSchema(cycleSchema);
export type CyclesResponse = z.infer<typeof cyclesResponseSchema>;

export const cycleOperations = {
  getCycles: get('listCycles', '/v1/fleet/cycles', {
    summary: 'Services that call each other in a circle.',
    query: cyclesQuerySchema,
    response: cyclesResponseSchema,
  }),
  getCycle: get('getCycle', '/v1/fleet/cycles/:id', {
    summary: 'One cycle, with its calls and what to change.',
    response: cycleSchema,
  }),
  acknowledgeCycle: post(
    'acknowledgeCycle',
    '/v1/fleet/cycles/:id/acknowledgement',
    {
      summary: 'Accepts a cycle as it is, or opens it again.',
      body: z.strictObject({
        acknowledged: z
          .boolean()
          .describe(
            'true: the cycle is known and accepted. false: opens it again.',
          ),
        reason: z
          .string()
          .trim()
          .max(1_000)
          .refine(
            text => !text.includes('\0'),
            'must not contain a NUL character',
          )
          .default(''),
      }),
      response: cycleSchema,
      permission: cycleUpdatePermission,
      audit: {
        eventId: 'cycle-mutate',
        severityLevel: 'medium',
        actionType: 'acknowledge',
      },
      errors: [409],
    },
  ),
};
