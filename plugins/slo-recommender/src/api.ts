import { createApiRef } from '@backstage/core-plugin-api';
import type { SloRecommenderApi } from 'backstage-plugin-slo-recommender-common';

/**
 * What the pages of SLO Recommender ask of its backend. Replace its factory to serve them from elsewhere.
 *
 * @public
 */
export const sloRecommenderApiRef = createApiRef<SloRecommenderApi>({
  id: 'plugin.slo-recommender.client',
});
