/** Spans whose other half never came, by Tempo's metrics-generator; the name of the missing side is empty. */
export const UNPAIRED_SPANS = 'traces_service_graph_unpaired_spans_total';

/** What an exporter of service graphs says of itself: edges given up for lack of their other half, and all edges. */
export interface EdgeCounters {
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
