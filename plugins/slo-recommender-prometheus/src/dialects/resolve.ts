import { ISTIO_REQUESTS, istioDialects } from './istio';
import { SERVER_METRICS, serverMetricsDialects } from './serverMetrics';
import { SERVICE_GRAPH_REQUESTS, serviceGraphDialects } from './serviceGraph';
import {
  COLLECTOR_CALLS,
  internalSpansDialects,
  spanMetricsDialects,
  TEMPO_CALLS,
} from './spanMetrics';
import {
  type Dialect,
  DIALECT_IDS,
  type DialectId,
  SPAN_DIALECTS,
} from './types';

/** What a datasource holds; undefined if it cannot say, and everything may be there. */
export interface Inventory {
  metrics: ReadonlySet<string> | undefined;
  /** Labels by metric; a metric that is missing here may have any. */
  labels: ReadonlyMap<string, ReadonlySet<string>>;
  /** True if the server evaluates MetricsQL. */
  isMetricsQL?: boolean;
}

/** Counters of requests, whose labels identify the dialect. The usual spellings come first. */
export const REQUEST_METRICS: readonly string[] = [
  ...COLLECTOR_CALLS,
  TEMPO_CALLS,
  ...SERVER_METRICS.keys(),
  ISTIO_REQUESTS,
  SERVICE_GRAPH_REQUESTS,
];

/** Queried if a datasource cannot list what it holds: the names that exporters give by default. */
const DEFAULT_METRICS = [
  'traces_span_metrics_calls_total',
  'calls_total',
  TEMPO_CALLS,
  'http_server_request_duration_seconds_count',
  ISTIO_REQUESTS,
  SERVICE_GRAPH_REQUESTS,
];

/**
 * The dialects that a datasource speaks, best evidence first.
 *
 * @param preferred - the only ones to use, best first; all of them by default.
 */
export function resolveDialects(
  { metrics, labels, isMetricsQL }: Inventory,
  preferred: readonly DialectId[] = DIALECT_IDS,
): Dialect[] {
  const present = metrics
    ? REQUEST_METRICS.filter(metric => metrics.has(metric))
    : DEFAULT_METRICS;
  const found = present
    .flatMap(metric => dialectsOf(metric, labels.get(metric), metrics))
    .map(dialect =>
      isMetricsQL
        ? { ...dialect, source: { ...dialect.source, isMetricsQL } }
        : dialect,
    );
  return preferred.flatMap(id => found.filter(dialect => dialect.id === id));
}

/** Work inside services, as spans of the datasource show it; see `Dialect.isInternal`. */
export function resolveInternalSpans(
  { metrics, labels }: Inventory,
  preferred: readonly DialectId[] = DIALECT_IDS,
): Dialect[] {
  return [...COLLECTOR_CALLS, TEMPO_CALLS]
    .filter(metric => metrics?.has(metric))
    .flatMap(metric => internalSpansDialects(metric, labels.get(metric)))
    .filter(({ id }) => preferred.some(one => one === id));
}

function dialectsOf(
  metric: string,
  labels: ReadonlySet<string> | undefined,
  metrics: ReadonlySet<string> | undefined,
): Dialect[] {
  if (metric === ISTIO_REQUESTS) {
    return istioDialects(labels);
  }
  if (metric === SERVICE_GRAPH_REQUESTS) {
    return serviceGraphDialects(metrics, labels);
  }
  const server = SERVER_METRICS.get(metric);
  return server
    ? serverMetricsDialects(metric, server, labels)
    : spanMetricsDialects(metric, labels);
}

/** Where to look, in this order. */
interface Attempt {
  dialect: Dialect;
  /** As configured; or by rank, unless the metrics of a server count more; or for those whose better metrics had nothing. */
  use: 'as configured' | 'by rank' | 'last resort';
}

/** Kinds of evidence that are left aside if the metrics of a server count more. */
const MAY_BE_PARTIAL = new Set<Dialect['id']>([
  ...SPAN_DIALECTS,
  'otel-rpc-metrics',
]);

/** The dialects that a datasource speaks, best evidence first. */
export function planAttempts({
  dialects,
  isOrderChosen,
}: {
  dialects: readonly Dialect[];
  isOrderChosen: boolean;
}): Attempt[] {
  return isOrderChosen
    ? dialects.map(dialect => ({ dialect, use: 'as configured' }))
    : [
        ...dialects.map(dialect => ({ dialect, use: 'by rank' as const })),
        ...dialects
          .filter(({ id, isInternal }) => MAY_BE_PARTIAL.has(id) && !isInternal)
          .map(dialect => ({ dialect, use: 'last resort' as const })),
      ];
}
