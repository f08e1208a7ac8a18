import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** SLO Recommender. */
  sloRecommender?: {
    /**
     * Where counts of requests and failures come from. The first one serves every service whose
     * `slo-recommender.io/datasource` annotation does not name another.
     */
    datasources?: Array<{
      /** Name that annotations refer to: letters, digits, points, dashes and underscores. */
      id: string;
      /** `prometheus`, or a type that an installed module brings. */
      type: string;
      /** Base URL of a Prometheus-compatible API, for example `http://prometheus:9090` or `https://mimir/prometheus`. */
      url?: string;
      /**
       * Headers sent with every request, for example `Authorization`.
       * @deepVisibility secret
       */
      headers?: { [name: string]: string };
      /** Tenant, sent as `X-Scope-OrgID`. */
      tenant?: string;
      /** Longest time one request may take. Default 30 s. */
      timeout?: string | HumanDuration;
    }>;
    /** Rolling window of objectives: whole days from 1 to 90. Default 28 d. */
    objectiveWindow?: string | HumanDuration;
    /** History that recommendations are drawn from: whole days, at least the window. Default 90 d. */
    lookback?: string | HumanDuration;
    /** `annotated`: entities with `slo-recommender.io/enabled: 'true'`. `all`: every Component that does not opt out. Default `annotated`. */
    optIn?: 'annotated' | 'all';
    /** How long counts are kept after they were fetched. Default 400 d. */
    historyRetention?: string | HumanDuration;
  };
}
