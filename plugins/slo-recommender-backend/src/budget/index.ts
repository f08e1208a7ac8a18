import { operations } from 'backstage-plugin-slo-recommender-common';
import type { Feature } from '../kernel/Feature';
import { defineRoute } from '../kernel/http/route';
import {
  ErrorBudgetService,
  type ErrorBudgetServiceOptions,
} from './ErrorBudgetService';

/** What is spent and left of error budgets. */
export function createBudgetFeature(
  options: ErrorBudgetServiceOptions,
): Feature {
  const errorBudgets = new ErrorBudgetService(options);
  return {
    routes: [
      defineRoute(operations.getErrorBudget, ({ service, query }) =>
        errorBudgets.get(service, query),
      ),
    ],
  };
}
