import { z } from 'zod';
import { get, SERVICE_PATH } from '../operation';
import { sloKeySchema, sloQueryShape } from './sloIdentity';
import {
  datasourceStatusSchema,
  durationSchema,
  entityRefSchema,
  instantInputSchema,
  instantSchema,
  ratioSchema,
  reasonSchema,
  verdictSchema,
} from './primitives';

/** Query of `GET /v1/services/:ref/error-budget-breakdown`. */
export const errorBudgetQuerySchema = z.strictObject({
  ...sloQueryShape,
  objective: z.coerce
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe(
      'Objective as a fraction, for example 0.999. Default: the promised one, else the balanced recommendation.',
    ),
  asOf: instantInputSchema
    .optional()
    .describe('Default: the instant of the latest analysis.'),
});
export type ErrorBudgetQuery = z.infer<typeof errorBudgetQuerySchema>;

export const burnRateSchema = z.object({
  /** ISO 8601 duration, for example `PT1H`. */
  window: durationSchema,
  /** Observed unavailability over allowed unavailability; null where the requests are unknown or none. */
  rate: z.number().min(0).nullable(),
});

export const errorBudgetResponseSchema = z.object({
  entityRef: entityRefSchema,
  ...sloKeySchema.shape,
  asOf: instantSchema.nullable(),
  verdict: verdictSchema,
  reasons: z.array(reasonSchema),
  /** Null where there is neither a promise nor a recommendation. */
  objective: ratioSchema.nullable(),
  objectiveSource: z.enum(['requested', 'promised', 'recommended']).nullable(),
  window: durationSchema,
  totalRequests: z.number().min(0).nullable(),
  badRequests: z.number().min(0).nullable(),
  /** Bad requests that the objective allows over the window's requests. */
  budgetRequests: z.number().min(0).nullable(),
  /** Budget as minutes of full outage over the window. */
  budgetMinutes: z.number().min(0).nullable(),
  /** Share of the budget used up by bad requests; above 1 when overspent. */
  spent: z.number().min(0).nullable(),
  /** 1 − spent; negative when overspent. */
  remaining: z.number().max(1).nullable(),
  /** Share of the window's hours for which counts are known. */
  completeness: ratioSchema,
  burnRates: z.array(burnRateSchema),
  /** When the budget is gone at the pace of the last day; null when it lasts beyond one window or is unknown. */
  exhaustedAt: instantSchema.nullable(),
  /** Share of the window's budget left after each day, oldest first. */
  burnDown: z.array(
    z.object({
      at: instantSchema,
      remaining: z.number().max(1).nullable(),
    }),
  ),
  /** Earlier whole windows, newest first. */
  pastWindows: z.array(
    z.object({
      from: instantSchema,
      to: instantSchema,
      ratio: ratioSchema.nullable(),
      kept: z.boolean().nullable(),
    }),
  ),
  datasource: datasourceStatusSchema.nullable(),
});
export type ErrorBudgetResponse = z.infer<typeof errorBudgetResponseSchema>;

export const errorBudgetOperations = {
  getErrorBudget: get(
    'getErrorBudgetBreakdown',
    `${SERVICE_PATH}/error-budget-breakdown`,
    {
      summary:
        'What is spent and left of the error budget, and how fast it goes.',
      query: errorBudgetQuerySchema,
      response: errorBudgetResponseSchema,
    },
  ),
};
