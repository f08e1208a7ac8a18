import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';

/** Ordering an analysis. */
export const analysisCreatePermission = createPermission({
  name: 'slo-recommender.analysis.create',
  attributes: { action: 'create' },
});

/** Telling of dependencies, as CI, a mesh or a cluster does. */
export const dependenciesCreatePermission = createPermission({
  name: 'slo-recommender.dependencies.create',
  attributes: { action: 'create' },
});

/** Acknowledging a cycle, or opening it again. */
export const cycleUpdatePermission = createPermission({
  name: 'slo-recommender.cycle.update',
  attributes: { action: 'update' },
});

/** Telling what happened to a service, as CI does after a deploy. The resource is the service's entity. */
export const eventCreatePermission = createPermission({
  name: 'slo-recommender.event.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/** Leaving hours out of a service's history, or taking that back. The resource is the service's entity. */
export const exclusionUpdatePermission = createPermission({
  name: 'slo-recommender.exclusion.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/** Every permission of SLO Recommender. */
export const sloRecommenderPermissions = [
  analysisCreatePermission,
  dependenciesCreatePermission,
  cycleUpdatePermission,
  eventCreatePermission,
  exclusionUpdatePermission,
];
