import type { LabelMatcher } from '../promql/expressions';
import { ISTIO_REQUESTS } from './istio';
import { REQUEST_METRICS } from './resolve';
import { SERVER_METRICS } from './serverMetrics';
import { SERVICE_GRAPH_REQUESTS } from './serviceGraph';
import { TEMPO_CALLS } from './spanMetrics';
import { spellings } from './spellings';
import { type Dialect, isTemplate } from './types';

/** A histogram of how long the requests took that a dialect counts. */
export interface DurationHistogram {
  metric: string;
  /** Whether it has no buckets of its own, with a label `le`. */
  isNative: boolean;
  /** What the exporter records unless the buckets show otherwise. */
  unit: 'seconds' | 'milliseconds';
  /** Series with any of these conditions beside those of the dialect; all of them where there is none. */
  selections: readonly (readonly LabelMatcher[])[];
}

type Unit = DurationHistogram['unit'];

/** Which side of a call measured, where both write histograms. */
type Side = 'server' | 'client';

const EVERYTHING: DurationHistogram['selections'] = [[]];

/**
 * Calls to services that measure: of a server without instrumentation, a database or an outside provider, a service
 * graph writes 0 s. The client label distinguishes calls of users from calls to the outside.
 */
const MEASURED_BY_SERVERS: DurationHistogram['selections'] = [
  [
    {
      label: 'connection_type',
      operator: 'not in',
      values: ['database', 'virtual_node'],
    },
  ],
  [{ label: 'client', operator: '=', value: 'user' }],
];

/** Names of a histogram in a unit, with buckets first. */
function named(
  name: string,
  unit: Unit,
  selections = EVERYTHING,
): DurationHistogram[] {
  return ['_bucket', ''].flatMap(suffix =>
    [...new Set(spellings(name, { unit, suffix }))].map(metric => ({
      metric,
      isNative: suffix === '',
      unit,
      selections,
    })),
  );
}

/** The usual names first; the same name in two units is taken in the first of them. */
const COLLECTOR = [
  ...named('traces.span.metrics.duration', 'milliseconds'),
  ...named('traces.span.metrics.duration', 'seconds'),
];
const OLD_COLLECTOR = [
  ...named('duration', 'milliseconds'),
  ...named('duration', 'seconds'),
  ...named('latency', 'milliseconds'),
];
const TEMPO = [
  ...named('traces_spanmetrics_latency', 'seconds'),
  ...named('traces_spanmetrics_duration', 'milliseconds'),
  ...named('traces_spanmetrics_duration', 'seconds'),
];
const ISTIO = named('istio_request_duration', 'milliseconds');
const SERVICE_GRAPH: Record<Side, DurationHistogram[]> = {
  server: [
    ...named(
      'traces_service_graph_request_server',
      'seconds',
      MEASURED_BY_SERVERS,
    ),
    // what the predecessor of the connector measured on the side of the server only
    ...named(
      'traces_service_graph_request_duration',
      'seconds',
      MEASURED_BY_SERVERS,
    ),
  ],
  client: named(
    'traces_service_graph_request_client',
    'seconds',
    MEASURED_BY_SERVERS,
  ),
};

function candidatesOf(metric: string, side: Side): DurationHistogram[] {
  if (metric === TEMPO_CALLS) return TEMPO;
  if (metric === ISTIO_REQUESTS) return ISTIO;
  if (metric === SERVICE_GRAPH_REQUESTS) return SERVICE_GRAPH[side];
  const server = SERVER_METRICS.get(metric);
  if (server) {
    return [
      {
        // servers count requests by their histogram of durations
        metric: metric.replace(/_count$/, '_bucket'),
        isNative: server.isNative,
        unit: server.unit,
        selections: EVERYTHING,
      },
    ];
  }
  return /^calls/.test(metric) ? OLD_COLLECTOR : COLLECTOR;
}

/** Every name that a histogram of durations may have. */
export const DURATION_METRICS: readonly string[] = [
  ...new Set(
    REQUEST_METRICS.flatMap(metric =>
      (['server', 'client'] as const).flatMap(side =>
        candidatesOf(metric, side).map(histogram => histogram.metric),
      ),
    ),
  ),
];

/**
 * The histograms of durations that a datasource has of the requests that a dialect counts, the usual ones first. None
 * where it is not known what there is.
 *
 * @param side - whose measure is that of the service, in a service graph.
 */
export function durationHistogramsOf(
  { source }: Dialect,
  metrics: ReadonlySet<string> | undefined,
  side: Side,
): DurationHistogram[] {
  if (isTemplate(source)) return [];
  const present = candidatesOf(source.metric, side).filter(({ metric }) =>
    metrics?.has(metric),
  );
  return present.filter(
    ({ metric }, index) =>
      present.findIndex(other => other.metric === metric) === index,
  );
}
