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
       * Headers sent with every request, for example `Authorization`. Values of `$file` are read again when the file changes.
       * @deepVisibility secret
       */
      headers?: { [name: string]: string };
      /** Tenant, sent as `X-Scope-OrgID`. */
      tenant?: string;
      /**
       * Parameters in the URL of every request, for example `namespace` of a proxy that separates tenants by it.
       * @deepVisibility secret
       */
      params?: { [name: string]: string | string[] };
      /**
       * Certificates, as PEM, of authorities that sign the server's besides the usual ones, for example `$file: ca.pem`.
       * @visibility secret
       */
      ca?: string;
      /** Longest time one request may take. Default 30 s. */
      timeout?: string | HumanDuration;
      /**
       * Which metrics of a Prometheus to use, one kind or a list, best first: `otel-collector-span-metrics`,
       * `tempo-span-metrics`, `otel-rpc-metrics`, `otel-http-metrics`, `micrometer-http-metrics`, `istio`, `service-graph` or
       * `template`. All that are found by default.
       */
      dialect?: string | string[];
      /**
       * PromQL for services whose metrics have a shape of their own. In both queries `$services` stands for the names
       * asked for, to be compared with `=~` and without quotes, and `$range` for the hour that is counted.
       */
      templates?: {
        /** Label that holds the name of the service; both queries sum by it. */
        serviceLabel: string;
        /** For example `sum by (app) (increase(nginx_requests_total{app=~$services}[$range]))`. */
        requests: string;
        /** For example `sum by (app) (increase(nginx_requests_total{app=~$services,status=~"5.."}[$range]))`. */
        failures: string;
      };
      /**
       * Which series count: matchers of PromQL, for example `deployment_environment="production"`, of which patterns have `|`,
       * `.`, `.*` and `.+` only. All of them by default.
       */
      matchers?: string;
      /** Most requests that are under way at a time: 1 to 4. Default 4. */
      maxConcurrency?: number;
      /** Most requests in any minute. No limit by default. */
      maxQueriesPerMinute?: number;
    }>;
    /** Rolling window of objectives: whole days from 1 to 90. Default 28 d. */
    objectiveWindow?: string | HumanDuration;
    /** History that recommendations are drawn from: whole days, at least the window. Default 90 d. */
    lookback?: string | HumanDuration;
    /** `annotated`: entities with `slo-recommender.io/enabled: 'true'`. `all`: every Component that does not opt out. Default `annotated`. */
    optIn?: 'annotated' | 'all';
    /** How long counts are kept after they were last asked for. Default 400 d. */
    historyRetention?: string | HumanDuration;
    exclusions?: {
      /** Most of a window's hours, and of its requests, that may be left out of a service's history, a fraction from 0 to 0.5. Default 0.1. */
      cap?: number;
    };
    /** Calls of expensive operations that one caller may make in a minute, over all replicas. */
    rateLimits?: {
      /** Orders of analyses. Default 30. */
      analyze?: number;
      /** Reports of dependencies. Default 60. */
      reportDependencies?: number;
    };
    metrics?: {
      /**
       * Who may read `GET /api/slo-recommender/metrics`. `service`: services, with a static token for example.
       * `authenticated`: signed-in users too. `public`: everybody who can reach the backend, without credentials. `off`:
       * there is no such address. Default `service`.
       */
      access?: 'service' | 'authenticated' | 'public' | 'off';
    };
    dependencies?: {
      /** Time after which an edge that no source reports any more counts as stale: whole days from 1 to 400. Default 14 d. */
      staleAfter?: string | HumanDuration;
      /** Rules that lead from names in telemetry to services, the first that leads to one first. */
      aliasRules?: Array<{
        /** Regular expression, for example `^(.+)-v\\d+$`. */
        pattern: string;
        /** Telemetry name or entity reference; may refer to groups of the pattern as `$1`. */
        replacement: string;
      }>;
    };
  };
}
