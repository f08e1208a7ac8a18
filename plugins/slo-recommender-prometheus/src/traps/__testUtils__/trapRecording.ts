import type { RecordedSeries } from '../../__testUtils__/openMetrics';

const HOUR_MS = 3_600_000;
const SAMPLE_MS = 5 * 60_000;
const START = Date.parse('2023-11-14T00:00:00Z');
const END = Date.parse('2023-11-16T00:00:00Z');

/** The second of the two days that are recorded: there is always a day before it. */
export const LAST_DAY = {
  from: new Date(END - 24 * HOUR_MS),
  to: new Date(END),
};

/** A counter that has been running for long, at a steady pace. */
export const perHour = (rate: number) => sampled(hours => 1_000 + rate * hours);

function sampled(
  valueAt: (hours: number) => number,
  from = START,
  to = END,
): RecordedSeries['samples'] {
  const samples: RecordedSeries['samples'] = [];
  for (let time = from; time <= to; time += SAMPLE_MS) {
    samples.push([time, valueAt((time - START) / HOUR_MS)]);
  }
  return samples;
}

/** A counter of a steady pace that is there for a part of the time only. */
const running = (first: number, rate: number, from: number, to = END) =>
  sampled(hours => first + rate * hours, from, to);

/** Series of failures that come up with their first value for 10 minutes each, as exporters that drop idle ones write. */
const bursts = (...values: [hours: number, value: number][]) =>
  values.flatMap(([hours, value]) =>
    sampled(
      () => value,
      START + hours * HOUR_MS,
      START + (hours + 1 / 6) * HOUR_MS,
    ),
  );

const spans = (
  service: string,
  status: 'UNSET' | 'ERROR',
  samples: RecordedSeries['samples'],
  labels: Record<string, string> = {},
  metric = 'traces_span_metrics_calls_total',
): RecordedSeries => ({
  metric,
  labels: {
    job: 'collector',
    instance: 'collector-0',
    service_name: service,
    span_kind: 'SPAN_KIND_SERVER',
    status_code: `STATUS_CODE_${status}`,
    ...labels,
  },
  samples,
});

const timedOut = (job: string, rate: number): RecordedSeries => ({
  metric: 'http_server_request_duration_seconds_count',
  labels: {
    job,
    instance: `${job}:8080`,
    http_route: '/',
    error_type: 'timeout',
  },
  samples: perHour(rate),
});

const http = (
  job: string,
  code: number,
  rate: number,
  samples = perHour(rate),
): RecordedSeries => ({
  metric: 'http_server_request_duration_seconds_count',
  labels: {
    job,
    instance: `${job}:8080`,
    http_route: '/',
    http_response_status_code: String(code),
  },
  samples,
});

const istio = (
  namespace: string,
  name: string,
  reporter: string,
  rate: number,
): RecordedSeries => ({
  metric: 'istio_requests_total',
  labels: {
    job: 'istio',
    instance: `${namespace}/${name}`,
    reporter,
    source_canonical_service: 'web',
    destination_canonical_service: name,
    destination_workload_namespace: namespace,
    response_code: '200',
  },
  samples: perHour(rate),
});

const graph = (
  what: 'request' | 'request_failed' | 'unpaired_spans',
  client: string,
  server: string,
  rate: number,
  type = '',
  labels: Record<string, string> = {},
): RecordedSeries => ({
  metric: `traces_service_graph_${what}_total`,
  labels: { job: 'tempo', client, server, connection_type: type, ...labels },
  samples: perHour(rate),
});

/**
 * Calls an hour by the bucket they fall into: the bounds as Prometheus 2 writes them, and those of Prometheus 3 beside
 * them where `isMixed`.
 */
function latencies(
  side: 'client' | 'server',
  [client, server, type = '']: [string, string, string?],
  calls: Record<string, number>,
  isMixed = false,
): RecordedSeries[] {
  const bounds = ['0.1', '0.2', '0.4', '0.8', '1', '2', '+Inf'];
  let cumulative = 0;
  const cumulated = bounds.map(le => {
    cumulative += calls[le] ?? 0;
    return { le, count: cumulative };
  });
  const series = (instance: string, respell: (le: string) => string) =>
    cumulated.map(({ le, count }) => ({
      metric: `traces_service_graph_request_${side}_seconds_bucket`,
      labels: {
        job: 'tempo',
        instance,
        client,
        server,
        connection_type: type,
        le: respell(le),
      },
      samples: perHour(count),
    }));
  return [
    ...series('tempo-0', le => le),
    ...(isMixed
      ? series('tempo-1', le => (/^\d+$/.test(le) ? `${le}.0` : le))
      : []),
  ];
}

/** Two days of telemetry with all that can be wrong with it; services are named after what they show. */
export const TRAP_RECORDING: RecordedSeries[] = [
  // 4xx as failure
  graph('request', 'web', 'graph-only', 100),
  graph('request_failed', 'web', 'graph-only', 20),
  http('coded', 200, 80),
  http('coded', 404, 19),
  http('coded', 503, 1),
  spans(
    'coded-spans',
    'UNSET',
    perHour(80),
    { http_response_status_code: '200' },
    'calls_total',
  ),
  spans(
    'coded-spans',
    'ERROR',
    perHour(19),
    { http_response_status_code: '404' },
    'calls_total',
  ),
  spans(
    'coded-spans',
    'ERROR',
    perHour(1),
    { http_response_status_code: '503' },
    'calls_total',
  ),

  http('timing-out', 200, 80),
  http('timing-out', 404, 10),
  timedOut('timing-out', 10),

  // failures by a label of one exporter, by a counter of another
  graph('request', 'web', 'told-both-ways', 288, '', { failed: 'false' }),
  graph('request', 'web', 'told-both-ways', 12, '', { failed: 'true' }),
  graph('request', 'shop', 'told-both-ways', 300),
  graph('request_failed', 'shop', 'told-both-ways', 30),

  // virtual nodes
  graph('request', 'user', 'web', 200, 'virtual_node'),
  ...latencies('client', ['user', 'web', 'virtual_node'], { 0.1: 200 }),
  ...latencies('server', ['user', 'web', 'virtual_node'], { 0.4: 200 }),
  graph('request', 'web', 'payment-provider', 50, 'virtual_node'),
  ...latencies('client', ['web', 'payment-provider', 'virtual_node'], {
    0.8: 50,
  }),
  ...latencies('server', ['web', 'payment-provider', 'virtual_node'], {
    0.1: 50,
  }),
  graph('request', 'web', 'orders-db', 50, 'database'),
  ...latencies('client', ['web', 'orders-db', 'database'], { 0.2: 50 }),
  ...latencies('server', ['web', 'orders-db', 'database'], { 0.1: 50 }),

  // bucket floor, both spellings of le, sides in order
  graph('request', 'web', 'fast', 100),
  ...latencies('client', ['web', 'fast'], { 0.2: 100 }),
  ...latencies('server', ['web', 'fast'], { 0.1: 100 }),
  graph('request', 'web', 'slow', 100),
  ...latencies('client', ['web', 'slow'], {
    0.4: 30,
    0.8: 40,
    1: 20,
    '+Inf': 10,
  }),
  ...latencies('server', ['web', 'slow'], { 0.2: 60, 1: 35, 2: 5 }),
  graph('request', 'web', 'mixed', 200),
  ...latencies('server', ['web', 'mixed'], { 0.2: 60, 1: 35, 2: 5 }, true),

  // sampling
  spans('biased', 'UNSET', perHour(80)),
  spans('biased', 'ERROR', perHour(20)),
  http('biased', 200, 9_980),
  http('biased', 500, 20),
  spans('sampled-evenly', 'UNSET', perHour(99)),
  spans('sampled-evenly', 'ERROR', perHour(1)),
  http('sampled-evenly', 200, 990),
  http('sampled-evenly', 500, 10),
  spans('unsampled', 'UNSET', perHour(990)),
  spans('unsampled', 'ERROR', perHour(10)),
  http('unsampled', 200, 990),
  http('unsampled', 500, 10),
  spans('differently-defined', 'UNSET', perHour(900)),
  spans('differently-defined', 'ERROR', perHour(100)),
  http('differently-defined', 200, 999),
  http('differently-defined', 500, 1),

  // asynchronous
  graph('request', 'web', 'queue-worker', 10, 'messaging_system'),

  // coverage
  graph('request', 'web', 'half-seen', 90),
  graph('unpaired_spans', '', 'half-seen', 10),
  graph('request', 'web', 'well-seen', 99),
  graph('unpaired_spans', '', 'well-seen', 1),

  // vanishing errors
  spans('bursting', 'UNSET', perHour(100)),
  spans('bursting', 'ERROR', bursts([27, 4], [33, 5], [40, 4])),
  spans('steadily-failing', 'UNSET', perHour(100)),
  spans('steadily-failing', 'ERROR', perHour(1)),

  // identity
  http('shop/basket', 200, 100),
  http('shop/mailer', 200, 100),
  http('office/mailer', 200, 100),
  spans('Search', 'UNSET', perHour(10)),
  spans('search-v2', 'UNSET', perHour(20)),

  istio('shop', 'ledger', 'destination', 738),
  istio('other', 'ledger', 'destination', 1_476),
  istio('shop', 'shipping', 'waypoint', 100),

  // evidence that covers a part of the time only
  spans('newly-traced', 'UNSET', running(-42 * 100, 100, END - 6 * HOUR_MS)),
  http('newly-traced', 200, 100),
  spans(
    'traced-since-yesterday',
    'UNSET',
    running(-31 * 60, 60, END - 17 * HOUR_MS),
  ),
  http('traced-since-yesterday', 200, 60),
  spans(
    'no-longer-traced',
    'UNSET',
    running(60, 60, START, END - 10 * HOUR_MS),
  ),
  http('no-longer-traced', 200, 60),

  // better evidence of a small part of the requests
  spans('consuming', 'UNSET', perHour(12), { span_kind: 'SPAN_KIND_CONSUMER' }),
  http('consuming', 200, 672),

  // a success ratio stuck at 0
  spans('stuck', 'ERROR', perHour(100)),
];
