import { useApi } from '@backstage/core-plugin-api';
import type {
  FleetPageQuery,
  SloRecommenderApi,
} from 'backstage-plugin-slo-recommender-common';
import { sloRecommenderApiRef } from '../api';
import { usePages, useResource } from '../data';
import { ENTRIES_PER_PAGE } from '../pieces';

/**
 * Asks for the page of a list that the address names.
 *
 * @param name - names the list for the cache
 */
export function useListQuestion<T>(
  name: string,
  load: (api: SloRecommenderApi, query: Partial<FleetPageQuery>) => Promise<T>,
) {
  const api = useApi(sloRecommenderApiRef);
  const { parameters, cursor, ask } = usePages();
  const text = parameters.get('text') || undefined;
  const query = { limit: ENTRIES_PER_PAGE, cursor, text };
  const answer = useResource(`${name} ${JSON.stringify(query)}`, () =>
    load(api, query),
  );
  return { answer, text, ask };
}
