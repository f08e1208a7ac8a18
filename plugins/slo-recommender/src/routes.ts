import { createRouteRef } from '@backstage/core-plugin-api';

/** The fleet page. */
export const rootRouteRef = createRouteRef({ id: 'slo-recommender' });

/** Paths of the two tabs below an entity's page. */
export const SLO_TAB_PATH = '/slo';
export const ERROR_BUDGET_TAB_PATH = '/error-budget';
