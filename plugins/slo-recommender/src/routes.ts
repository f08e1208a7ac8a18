import { createRouteRef } from '@backstage/core-plugin-api';

/** Where the fleet page is unless the portal moves it. */
export const FLEET_PATH = '/slo-recommender';

/** The fleet page. */
export const rootRouteRef = createRouteRef({ id: 'slo-recommender' });

/** Paths of the tabs below an entity's page. */
export const SLO_TAB_PATH = '/slo';
export const ERROR_BUDGET_TAB_PATH = '/error-budget';
export const DEPENDENCIES_TAB_PATH = '/dependencies';

/** Paths of the further views below the fleet page. */
export const CALIBRATION_PATH = '/calibration';
export const CYCLES_PATH = '/cycles';
export const DIVERGENCE_PATH = '/divergence';
export const UNDECLARED_PATH = '/undeclared';
export const ALIASES_PATH = '/aliases';
export const DANGLING_PATH = '/dangling-references';

/** The page entry of a cycle. */
export function cyclePath(cycleId: string): string {
  return `${FLEET_PATH}${CYCLES_PATH}/${encodeURIComponent(cycleId)}`;
}
