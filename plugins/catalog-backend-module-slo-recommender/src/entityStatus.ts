import type { Entity } from '@backstage/catalog-model';
import type { AlphaEntity } from '@backstage/catalog-model/alpha';

/** Type of the status items that tell of annotations. */
export const ANNOTATIONS_STATUS_TYPE = 'slo-recommender.io/annotations';

/** Shows the messages in the status of the entity, where any client of the catalog finds them. */
export function addWarnings(entity: Entity, messages: string[]): Entity {
  if (messages.length === 0) return entity;
  const { status }: AlphaEntity = entity;
  const warned: AlphaEntity = {
    ...entity,
    status: {
      ...status,
      items: [
        ...(status?.items ?? []),
        ...messages.map(message => ({
          type: ANNOTATIONS_STATUS_TYPE,
          level: 'warning' as const,
          message,
        })),
      ],
    },
  };
  return warned;
}
