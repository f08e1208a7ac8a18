import {
  errorBudgetQuerySchema,
  errorBudgetResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { SloReader } from '../read';
import { entityRefOf, SERVICE_PATH } from './entityRefOf';
import { defineRoute } from './route';

export const errorBudgetRoutes = (reader: SloReader) => [
  defineRoute({
    method: 'get',
    path: `${SERVICE_PATH}/error-budget-breakdown`,
    operationId: 'getErrorBudgetBreakdown',
    summary:
      'What is spent and left of the error budget, and how fast it goes.',
    query: errorBudgetQuerySchema,
    response: errorBudgetResponseSchema,
    handle: ({ params, query, credentials }) =>
      reader.getErrorBudget(entityRefOf(params), query, credentials),
  }),
];
