import type { Dialect, RequestCounter } from './types';

export const SERVICE_GRAPH_REQUESTS = 'traces_service_graph_request_total';
export const SERVICE_GRAPH_FAILURES =
  'traces_service_graph_request_failed_total';

/** Labels that distinguish edges. */
export const SERVICE_GRAPH_EDGE_LABELS = [
  'client',
  'server',
  'connection_type',
];

/**
 * Requests per edge, of Tempo's metrics-generator and of the Collector's service graph connector. Newer connectors
 * split the total by `failed` too, so totals are always summed over it.
 *
 * Without that label, only the counter of failures shows that the others succeeded. If no series of the datasource was
 * ever one of failures, they may as well have been dropped on the way, and no outcome is known.
 */
export function serviceGraphCounter(
  metrics: ReadonlySet<string> | undefined,
  labels: ReadonlySet<string> | undefined,
): RequestCounter {
  const countsFailures = metrics?.has(SERVICE_GRAPH_FAILURES) !== false;
  return {
    metric: SERVICE_GRAPH_REQUESTS,
    ...(countsFailures && {
      failedMetric: SERVICE_GRAPH_FAILURES,
      ...(labels?.has('failed') && {
        failedMetricBy: SERVICE_GRAPH_EDGE_LABELS,
      }),
    }),
    matchers: [],
    outcome: {
      label: 'failed',
      failed: 'true',
      succeeded: countsFailures ? ['false', ''] : ['false'],
    },
  };
}

/**
 * What was counted for all callers of a server, over edges of every connection type: `user` is a caller as real as any,
 * and what is consumed from a queue is work of the service, as consumer spans are.
 */
export function serviceGraphDialects(
  metrics: ReadonlySet<string> | undefined,
  labels: ReadonlySet<string> | undefined,
): Dialect[] {
  return labels?.has('server') === false || labels?.has('client') === false
    ? []
    : [
        {
          id: 'service-graph',
          serviceLabel: 'server',
          source: serviceGraphCounter(metrics, labels),
          isSeenByCallers: true,
          failureDefinition:
            'calls that the caller or the service marked as failed, which includes client mistakes such as 4xx',
        },
      ];
}

/** Spans whose other half never came, by Tempo's metrics-generator; the name of the missing side is empty. */
export const UNPAIRED_SPANS = 'traces_service_graph_unpaired_spans_total';

/** What an exporter of service graphs says of itself: edges given up for lack of their other half, and all edges. */
interface EdgeCounters {
  expired: string;
  all: string;
}

const EDGE_COUNTERS: readonly EdgeCounters[] = [
  'tempo_metrics_generator_processor_service_graphs_',
  'otelcol_connector_servicegraph_',
  'otelcol_processor_servicegraph_',
].flatMap(prefix =>
  ['', '_total'].map(suffix => ({
    expired: `${prefix}expired_edges${suffix}`,
    all: `${prefix}${
      prefix.startsWith('tempo') ? 'edges' : 'total_edges'
    }${suffix}`,
  })),
);

export const COVERAGE_METRICS: readonly string[] = [
  UNPAIRED_SPANS,
  ...EDGE_COUNTERS.flatMap(({ expired, all }) => [expired, all]),
];

/** The counters that are there, both of a pair. */
export function findEdgeCounters(
  metrics: ReadonlySet<string> | undefined,
): EdgeCounters | undefined {
  return EDGE_COUNTERS.find(
    ({ expired, all }) => metrics?.has(expired) && metrics.has(all),
  );
}
