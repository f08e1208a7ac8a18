import type { Entity } from '@backstage/catalog-model';
import { parseServiceAnnotations } from 'backstage-plugin-slo-recommender-common';

const KINDS = ['component', 'resource', 'api'];

/**
 * Whether an entity is of a kind that can be a service: a Component, a Resource or an API. The tabs are shown on these;
 * on those that have not opted in they say how to.
 *
 * @public
 */
export function isSloRecommenderAvailable(entity: Entity): boolean {
  return KINDS.includes(entity.kind.toLocaleLowerCase('en-US'));
}

/** Whether the overview card is worth asking for: the kind fits and the entity does not opt out. */
export function mayShowCard(entity: Entity): boolean {
  return (
    isSloRecommenderAvailable(entity) &&
    parseServiceAnnotations(entity).enabled !== false
  );
}
