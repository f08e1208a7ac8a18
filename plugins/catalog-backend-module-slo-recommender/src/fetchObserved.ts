import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { SloRecommenderClient } from 'backstage-plugin-slo-recommender-common';
import type { FetchObserved } from './ObservedDependencies';

/** Asks the backend of SLO Recommender, as the catalog and on behalf of nobody. */
export function createFetchObserved({
  auth,
  discovery,
}: {
  auth: AuthService;
  discovery: DiscoveryService;
}): FetchObserved {
  return async signal => {
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'slo-recommender',
    });
    const client = new SloRecommenderClient({
      discoveryApi: discovery,
      fetchApi: {
        fetch: (input, init) => {
          const headers = new Headers(init?.headers);
          headers.set('Authorization', `Bearer ${token}`);
          return fetch(input, { ...init, headers, signal });
        },
      },
    });
    const { items } = await client.getObservedDependencies();
    return items;
  };
}
