import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';
import { sloRecommenderApiRef } from '../../api';
import { useResource } from '../../data';
import type { Happenings } from './timeline';

/** Events and exclusions of the entity at hand, as far as they are known: a chart without them is better than none. */
export function useHappenings(): {
  happenings: Happenings;
  error: Error | undefined;
  reload: () => void;
} {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(sloRecommenderApiRef);
  const { data, error, reload } = useResource(
    `happenings ${entityRef}`,
    async () => {
      const [{ events }, { exclusions }] = await Promise.all([
        api.getEvents(entityRef),
        api.getExclusions(entityRef),
      ]);
      return { events, exclusions };
    },
  );
  const happenings = useMemo(
    () => ({
      events: data?.events ?? [],
      exclusions: (data?.exclusions ?? []).filter(
        ({ withdrawn }) => withdrawn === null,
      ),
    }),
    [data],
  );
  return { happenings, error, reload };
}
