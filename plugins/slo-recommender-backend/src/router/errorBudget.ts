import { operations } from 'backstage-plugin-slo-recommender-common';
import { defineRoute } from '../kernel/http/route';
import type { ErrorBudgetReader } from '../read';

export const errorBudgetRoutes = (errorBudgets: ErrorBudgetReader) => [
  defineRoute(operations.getErrorBudget, ({ service, query }) =>
    errorBudgets.get(service, query),
  ),
];
