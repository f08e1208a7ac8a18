import { grpcStatusRules, kindByRules } from './outcomes';
import { REQUEST_METRICS, resolveDialects } from './resolve';
import { type Dialect, isTemplate } from './types';

/** A dialect in few words: what it is, the counter, the label of the service, and how failures are marked. */
function describeDialect({ id, source, serviceLabel }: Dialect): string {
  if (isTemplate(source)) {
    return id;
  }
  const { metric, failedMetric, outcome, isNative } = source;
  const failures = outcome.rules
    ? outcome.rules
        .map(
          ({ label, pattern, failed }) =>
            `${failed ? '' : 'not '}${label}=~${pattern}`,
        )
        .join(' then ')
    : `${outcome.label}=${outcome.failed}`;
  return `${id}: ${isNative ? 'native ' : ''}${metric} by ${serviceLabel}, failed ${
    failedMetric ? `${failedMetric} or ` : ''
  }${failures}`;
}

const resolve = (
  inventory: Record<string, string[]>,
  ...preferred: Dialect['id'][]
) =>
  resolveDialects(
    {
      metrics: new Set(Object.keys(inventory)),
      labels: new Map(
        Object.entries(inventory).map(([metric, labels]) => [
          metric,
          new Set(labels),
        ]),
      ),
    },
    preferred.length > 0
      ? preferred.flatMap(id => (id === 'template' ? [] : id))
      : undefined,
  ).map(describeDialect);

const SPAN = ['service_name', 'span_name', 'span_kind', 'status_code'];
const DOTTED_SPAN = ['service.name', 'span.name', 'span.kind', 'status.code'];
const SPAN_FAILED = 'failed status_code=STATUS_CODE_ERROR';
const DOTTED_FAILED = 'failed status.code=STATUS_CODE_ERROR';
const GRAPH = ['client', 'server', 'connection_type'];
const OLD_HTTP = ['job', 'http_route', 'http_status_code'];
const HTTP = ['job', 'http_route', 'http_response_status_code'];
const codes = (label: string) =>
  `not ${label}=~[1-4]([0-9]{2}|[xX]{2}) then ${label}=~5([0-9]{2}|[xX]{2})`;
const statuses = (label: string) =>
  grpcStatusRules(label)
    .map(({ pattern, failed }) => `${failed ? '' : 'not '}${label}=~${pattern}`)
    .join(' then ');
const HTTP_FAILED = `failed ${codes('http_response_status_code')}`;

describe('a datasource is understood', () => {
  it.each<
    [what: string, inventory: Record<string, string[]>, dialects: string[]]
  >([
    [
      'spanmetrics connector',
      { traces_span_metrics_calls_total: SPAN },
      [
        `otel-collector-span-metrics: traces_span_metrics_calls_total by service_name, ${SPAN_FAILED}`,
      ],
    ],
    [
      'spanmetrics connector, without suffix',
      { traces_span_metrics_calls: SPAN },
      [
        `otel-collector-span-metrics: traces_span_metrics_calls by service_name, ${SPAN_FAILED}`,
      ],
    ],
    [
      'spanmetrics connector of old, without a namespace',
      { calls_total: SPAN },
      [
        `otel-collector-span-metrics: calls_total by service_name, ${SPAN_FAILED}`,
      ],
    ],
    [
      'spanmetrics connector of old, without a namespace and suffix',
      { calls: SPAN },
      [`otel-collector-span-metrics: calls by service_name, ${SPAN_FAILED}`],
    ],
    [
      'spanmetrics connector in Prometheus 3, quoted names and labels',
      { 'traces.span.metrics.calls': DOTTED_SPAN },
      [
        `otel-collector-span-metrics: traces.span.metrics.calls by service.name, ${DOTTED_FAILED}`,
      ],
    ],
    [
      'spanmetrics connector in Prometheus 3, quoted names with suffix',
      { 'traces.span.metrics.calls_total': DOTTED_SPAN },
      [
        `otel-collector-span-metrics: traces.span.metrics.calls_total by service.name, ${DOTTED_FAILED}`,
      ],
    ],
    [
      'spanmetrics connector with status codes of HTTP',
      {
        traces_span_metrics_calls_total: [...SPAN, 'http_response_status_code'],
      },
      [
        'otel-collector-span-metrics: traces_span_metrics_calls_total by service_name, failed ' +
          `not status_code=~STATUS_CODE_(UNSET|OK) then status_code=~STATUS_CODE_ERROR then ${codes('http_response_status_code')}`,
      ],
    ],
    [
      'Tempo span metrics',
      {
        traces_spanmetrics_calls_total: [
          'service',
          'span_name',
          'span_kind',
          'status_code',
        ],
      },
      [
        `tempo-span-metrics: traces_spanmetrics_calls_total by service, ${SPAN_FAILED}`,
      ],
    ],
    [
      "a collector under Tempo's name",
      { traces_spanmetrics_calls_total: SPAN },
      [
        `otel-collector-span-metrics: traces_spanmetrics_calls_total by service_name, ${SPAN_FAILED}`,
      ],
    ],
    [
      'HTTP semantic conventions, identified by job',
      { http_server_request_duration_seconds_count: HTTP },
      [
        `otel-http-metrics: http_server_request_duration_seconds_count by job, ${HTTP_FAILED}`,
      ],
    ],
    [
      'HTTP semantic conventions with types of errors',
      { http_server_request_duration_seconds_count: [...HTTP, 'error_type'] },
      [
        'otel-http-metrics: http_server_request_duration_seconds_count by job, failed ' +
          `error_type=~.+ then ${codes('http_response_status_code')}`,
      ],
    ],
    [
      'HTTP semantic conventions, identified by service name',
      {
        http_server_request_duration_seconds_count: [
          'service_name',
          'http_response_status_code',
        ],
      },
      [
        `otel-http-metrics: http_server_request_duration_seconds_count by service_name, ${HTTP_FAILED}`,
      ],
    ],
    [
      'HTTP semantic conventions without a unit',
      { http_server_request_duration_count: HTTP },
      [
        `otel-http-metrics: http_server_request_duration_count by job, ${HTTP_FAILED}`,
      ],
    ],
    [
      'HTTP semantic conventions, native histogram',
      { http_server_request_duration_seconds: HTTP },
      [
        `otel-http-metrics: native http_server_request_duration_seconds by job, ${HTTP_FAILED}`,
      ],
    ],
    [
      'older HTTP semantic conventions',
      { http_server_duration_milliseconds_count: OLD_HTTP },
      [
        `otel-http-metrics: http_server_duration_milliseconds_count by job, failed ${codes('http_status_code')}`,
      ],
    ],
    [
      'older HTTP semantic conventions without a unit',
      { http_server_duration_count: OLD_HTTP },
      [
        `otel-http-metrics: http_server_duration_count by job, failed ${codes('http_status_code')}`,
      ],
    ],
    [
      'HTTP semantic conventions in Prometheus 3, quoted',
      {
        'http.server.request.duration_count': [
          'job',
          'service.name',
          'http.response.status_code',
        ],
      },
      [
        `otel-http-metrics: http.server.request.duration_count by service.name, failed ${codes('http.response.status_code')}`,
        `otel-http-metrics: http.server.request.duration_count by job, failed ${codes('http.response.status_code')}`,
      ],
    ],
    [
      'HTTP semantic conventions in Prometheus 3, quoted, native',
      {
        'http.server.request.duration': ['job', 'http.response.status_code'],
      },
      [
        `otel-http-metrics: native http.server.request.duration by job, failed ${codes('http.response.status_code')}`,
      ],
    ],
    [
      'RPC semantic conventions',
      {
        rpc_server_call_duration_seconds_count: [
          'service_name',
          'rpc_response_status_code',
          'error_type',
        ],
      },
      [
        'otel-rpc-metrics: rpc_server_call_duration_seconds_count by service_name, failed ' +
          `error_type=~.+ then ${statuses('rpc_response_status_code')}`,
      ],
    ],
    [
      'older RPC semantic conventions',
      {
        rpc_server_duration_milliseconds_count: ['job', 'rpc_grpc_status_code'],
      },
      [
        `otel-rpc-metrics: rpc_server_duration_milliseconds_count by job, failed ${statuses('rpc_grpc_status_code')}`,
      ],
    ],
    [
      'RPC of Connect, whose code is missing on success',
      {
        rpc_server_duration_count: [
          'job',
          'rpc_system',
          'rpc_connect_rpc_error_code',
        ],
      },
      [
        'otel-rpc-metrics: rpc_server_duration_count by job, failed ' +
          `not rpc_system=~connect_rpc then ${statuses('rpc_connect_rpc_error_code')}`,
      ],
    ],
    [
      'Micrometer',
      {
        http_server_requests_seconds_count: [
          'application',
          'job',
          'status',
          'outcome',
        ],
        // quantiles, which are no native histogram
        http_server_requests_seconds: [
          'application',
          'job',
          'status',
          'quantile',
        ],
      },
      ['application', 'job'].map(
        label =>
          `micrometer-http-metrics: http_server_requests_seconds_count by ${label}, failed ${codes('status')}`,
      ),
    ],
    [
      'Micrometer without status codes',
      { http_server_requests_seconds_count: ['job', 'outcome'] },
      [
        'micrometer-http-metrics: http_server_requests_seconds_count by job, failed ' +
          'not outcome=~INFORMATIONAL|SUCCESS|REDIRECTION|CLIENT_ERROR then outcome=~SERVER_ERROR',
      ],
    ],
    [
      'Micrometer over OTLP, native histogram',
      { http_server_requests_milliseconds: ['service_name', 'job', 'status'] },
      ['service_name', 'job'].map(
        label =>
          `micrometer-http-metrics: native http_server_requests_milliseconds by ${label}, failed ${codes('status')}`,
      ),
    ],
    [
      'Istio',
      {
        istio_requests_total: [
          'reporter',
          'response_code',
          'source_workload',
          'destination_workload',
        ],
      },
      ['destination', 'waypoint', 'source'].map(
        () =>
          'istio: istio_requests_total by destination_workload, failed ' +
          'response_flags=~(.*,)?(UH|UF|UC|UR|LR|UO|UT|SI|DT|UPE|URX|NR|NC|DF)(,.*)? then ' +
          `${codes('response_code')} then grpc_response_status=~2|4|12|13|14|15`,
      ),
    ],
    [
      'service graph with a counter of failures',
      {
        traces_service_graph_request_total: GRAPH,
        traces_service_graph_request_failed_total: GRAPH,
      },
      [
        'service-graph: traces_service_graph_request_total by server, failed traces_service_graph_request_failed_total or failed=true',
      ],
    ],
    [
      'service graph with a label of failures',
      { traces_service_graph_request_total: [...GRAPH, 'failed'] },
      [
        'service-graph: traces_service_graph_request_total by server, failed failed=true',
      ],
    ],
  ])('%s', (_, inventory, dialects) => {
    expect(resolve(inventory)).toEqual(dialects);
  });

  it('takes the best evidence first where there is much', () => {
    expect(
      resolve({
        traces_service_graph_request_total: GRAPH,
        istio_requests_total: ['destination_workload'],
        http_server_request_duration_seconds_count: HTTP,
        traces_spanmetrics_calls_total: ['service', 'span_kind', 'status_code'],
        traces_span_metrics_calls_total: SPAN,
      }).map(text => text.split(':')[0]),
    ).toEqual([
      'otel-collector-span-metrics',
      'tempo-span-metrics',
      'otel-http-metrics',
      'istio',
      'istio',
      'istio',
      'service-graph',
    ]);
  });

  it('uses only what an operator allows, in their order', () => {
    expect(
      resolve(
        {
          traces_service_graph_request_total: GRAPH,
          http_server_request_duration_seconds_count: HTTP,
          traces_span_metrics_calls_total: SPAN,
        },
        'service-graph',
        'otel-http-metrics',
      ).map(text => text.split(':')[0]),
    ).toEqual(['service-graph', 'otel-http-metrics']);
  });

  it.each<[what: string, inventory: Record<string, string[]>]>([
    ['nothing', {}],
    ['calls of something else', { calls_total: ['service', 'method'] }],
    ['calls of a telephone exchange', { calls: ['line'] }],
    [
      'HTTP durations without status codes',
      { http_server_request_duration_seconds_count: ['job', 'http_route'] },
    ],
    [
      'RPC durations without statuses',
      { rpc_server_duration_milliseconds_count: ['job', 'rpc_method'] },
    ],
    [
      'calls by RPC of clients',
      {
        rpc_client_duration_milliseconds_count: ['job', 'rpc_grpc_status_code'],
      },
    ],
    [
      'HTTP requests of something else',
      { http_server_requests_seconds_count: ['job', 'code'] },
    ],
    [
      'HTTP requests of clients',
      { http_client_request_duration_seconds_count: HTTP },
    ],
    [
      'requests of other proxies',
      { envoy_cluster_upstream_rq_total: ['code'] },
    ],
    [
      'failures of a service graph without requests',
      { traces_service_graph_request_failed_total: GRAPH },
    ],
    [
      'a service graph of something else',
      { traces_service_graph_request_total: ['graph'] },
    ],
    ['Istio without names', { istio_requests_total: ['response_code'] }],
  ])('and %s is none', (_, inventory) => {
    expect(resolve(inventory)).toEqual([]);
  });

  it('tries the usual names where a datasource does not tell what it holds', () => {
    const dialects = resolveDialects({ metrics: undefined, labels: new Map() });
    expect(new Set(dialects.map(({ id }) => id))).toEqual(
      new Set([
        'otel-collector-span-metrics',
        'tempo-span-metrics',
        'otel-http-metrics',
        'istio',
        'service-graph',
      ]),
    );
  });

  it('has each spelling once', () => {
    expect(new Set(REQUEST_METRICS).size).toBe(REQUEST_METRICS.length);
  });
});

describe('statuses of gRPC', () => {
  it.each<[value: string, kind: string]>([
    ['0', 'succeeded'],
    ['OK', 'succeeded'],
    ['16', 'succeeded'],
    ['RESOURCE_EXHAUSTED', 'succeeded'],
    ['CANCELLED', 'succeeded'],
    ['canceled', 'succeeded'],
    ['2', 'failed'],
    ['14', 'failed'],
    ['UNAVAILABLE', 'failed'],
    ['data_loss', 'failed'],
    ['17', 'unknown'],
    ['-32602', 'unknown'],
    ['Ok', 'unknown'],
    ['', 'unknown'],
  ])('%j shows %s', (status, kind) => {
    expect(kindByRules(grpcStatusRules('status'), { status })).toBe(kind);
  });
});
