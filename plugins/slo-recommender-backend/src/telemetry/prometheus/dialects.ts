import { vector, type LabelMatcher, type VectorSelector } from './promql';

/** A counter of requests, and how to tell the failed ones among them. */
export interface RequestCounter {
  metric: string;
  matchers: readonly LabelMatcher[];
  /** Label that tells outcomes apart, and its value for failures. A series without the label did not fail. */
  outcome: { label: string; failed: string };
  /** Counter of failures alone. Where it has no value the outcome label decides. */
  failedMetric?: string;
}

/** How one kind of exporter tells requests per service. */
export interface Dialect extends RequestCounter {
  /** Named in `HourlyCounts.evidence`. */
  evidence: string;
  serviceLabel: string;
}

const servedSpans = {
  // Client and internal spans would count a request once more, and under its caller.
  matchers: [
    {
      label: 'span_kind',
      operator: 'in',
      values: ['SPAN_KIND_SERVER', 'SPAN_KIND_CONSUMER'],
    },
  ],
  outcome: { label: 'status_code', failed: 'STATUS_CODE_ERROR' },
} satisfies Partial<Dialect>;

/**
 * Requests per edge, of Tempo's metrics-generator and of the Collector's service graph connector. Newer connectors
 * split the total by `failed` too, so totals are always summed over it.
 */
export const SERVICE_GRAPH: RequestCounter = {
  metric: 'traces_service_graph_request_total',
  failedMetric: 'traces_service_graph_request_failed_total',
  matchers: [],
  outcome: { label: 'failed', failed: 'true' },
};

/**
 * Best evidence first: spans as the server saw them, then what the service graph counted for all callers of a server.
 * The latter keeps edges of every connection type: `user` is a caller as real as any, and what is consumed from a
 * queue is work of the service, as consumer spans are.
 */
export const DIALECTS: readonly Dialect[] = [
  {
    evidence: 'otel-collector-span-metrics',
    metric: 'traces_span_metrics_calls_total',
    serviceLabel: 'service_name',
    ...servedSpans,
  },
  {
    // The Collector's connector before its metrics got a namespace.
    evidence: 'otel-collector-span-metrics',
    metric: 'calls_total',
    serviceLabel: 'service_name',
    ...servedSpans,
  },
  {
    evidence: 'tempo-span-metrics',
    metric: 'traces_spanmetrics_calls_total',
    serviceLabel: 'service',
    ...servedSpans,
  },
  {
    // Collectors that are set up with Tempo's metric names keep their own label.
    evidence: 'otel-collector-span-metrics',
    metric: 'traces_spanmetrics_calls_total',
    serviceLabel: 'service_name',
    ...servedSpans,
  },
  {
    evidence: 'service-graph',
    serviceLabel: 'server',
    ...SERVICE_GRAPH,
  },
];

export function selectTotal(
  counter: RequestCounter,
  narrowing: readonly LabelMatcher[] = [],
): VectorSelector {
  return vector(counter.metric, [...counter.matchers, ...narrowing]);
}
