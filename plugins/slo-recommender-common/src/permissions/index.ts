import { createPermission } from '@backstage/plugin-permission-common';

/** Ordering an analysis. */
export const analysisCreatePermission = createPermission({
  name: 'slo-recommender.analysis.create',
  attributes: { action: 'create' },
});

/** Every permission of SLO Recommender. */
export const sloRecommenderPermissions = [analysisCreatePermission];
