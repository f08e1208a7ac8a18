import type { JsonObject } from '@backstage/types';
import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import { createSource } from '../testing/createSource';
import { parsePromQL } from '../__testUtils__/parsePromQL';
import { labels, matrix } from '../__testUtils__/prometheusReplies';
import {
  type ScriptedServer,
  startScriptedServer,
} from '../testing/scriptedServer';

const from = new Date('2026-03-01T00:00:00Z');
const to = new Date(from.getTime() + HOUR_MS);
const REF = 'component:default/cart';

interface Golden {
  what: string;
  evidence: string;
  /** Counter of requests, and the histogram beside it. */
  metrics: [counter: string, histogram: string];
  labels: string[];
  /** Label of the service, and its value; the service is asked for as `cart`. */
  service: [label: string, value: string];
  /** Bounds of the buckets as the label says them. */
  le: [string, string];
  /** Only a part of what the query must say. */
  query: string;
}

const seconds: Golden['le'] = ['0.1', '1.0'];
const milliseconds: Golden['le'] = ['100', '1e3'];
const spanLabels = ['service_name', 'span_kind', 'status_code'];
const SERVER_SPANS = 'span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"';

const goldens: Golden[] = [
  {
    what: 'spanmetrics connector in milliseconds',
    evidence: 'otel-collector-span-metrics',
    metrics: [
      'traces_span_metrics_calls_total',
      'traces_span_metrics_duration_milliseconds_bucket',
    ],
    labels: spanLabels,
    service: ['service_name', 'cart'],
    le: milliseconds,
    query: `traces_span_metrics_duration_milliseconds_bucket{${SERVER_SPANS},service_name=~"cart"}`,
  },
  {
    what: 'spanmetrics connector in seconds',
    evidence: 'otel-collector-span-metrics',
    metrics: [
      'traces_span_metrics_calls_total',
      'traces_span_metrics_duration_seconds_bucket',
    ],
    labels: spanLabels,
    service: ['service_name', 'cart'],
    le: seconds,
    query: `traces_span_metrics_duration_seconds_bucket{${SERVER_SPANS},service_name=~"cart"}`,
  },
  {
    what: 'spanmetrics connector in Prometheus 3',
    evidence: 'otel-collector-span-metrics',
    metrics: [
      'traces.span.metrics.calls',
      'traces.span.metrics.duration_seconds_bucket',
    ],
    labels: ['service.name', 'span.kind', 'status.code'],
    service: ['service.name', 'cart'],
    le: seconds,
    query:
      '{"traces.span.metrics.duration_seconds_bucket","span.kind"=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER","service.name"=~"cart"}',
  },
  {
    what: 'first spanmetrics connector',
    evidence: 'otel-collector-span-metrics',
    metrics: ['calls_total', 'duration_milliseconds_bucket'],
    labels: spanLabels,
    service: ['service_name', 'cart'],
    le: milliseconds,
    query: `duration_milliseconds_bucket{${SERVER_SPANS},service_name=~"cart"}`,
  },
  {
    what: 'spanmetrics processor, which names no unit',
    evidence: 'otel-collector-span-metrics',
    metrics: ['calls_total', 'latency_bucket'],
    labels: spanLabels,
    service: ['service_name', 'cart'],
    le: milliseconds,
    query: `latency_bucket{${SERVER_SPANS},service_name=~"cart"}`,
  },
  {
    what: 'Tempo span metrics',
    evidence: 'tempo-span-metrics',
    metrics: [
      'traces_spanmetrics_calls_total',
      'traces_spanmetrics_latency_bucket',
    ],
    labels: ['service', 'span_kind', 'status_code'],
    service: ['service', 'cart'],
    le: seconds,
    query: `traces_spanmetrics_latency_bucket{${SERVER_SPANS},service=~"cart"}`,
  },
  {
    what: 'HTTP conventions by job with a namespace',
    evidence: 'otel-http-metrics',
    metrics: [
      'http_server_request_duration_seconds_count',
      'http_server_request_duration_seconds_bucket',
    ],
    labels: ['job', 'http_response_status_code'],
    service: ['job', 'shop/cart'],
    le: seconds,
    query: 'http_server_request_duration_seconds_bucket{job=~"shop/cart"}',
  },
  {
    what: 'older HTTP conventions',
    evidence: 'otel-http-metrics',
    metrics: [
      'http_server_duration_milliseconds_count',
      'http_server_duration_milliseconds_bucket',
    ],
    labels: ['service_name', 'http_status_code'],
    service: ['service_name', 'cart'],
    le: milliseconds,
    query: 'http_server_duration_milliseconds_bucket{service_name=~"cart"}',
  },
  {
    what: 'HTTP conventions in Prometheus 3',
    evidence: 'otel-http-metrics',
    metrics: [
      'http.server.request.duration_count',
      'http.server.request.duration_bucket',
    ],
    labels: ['job', 'http.response.status_code'],
    service: ['job', 'cart'],
    le: seconds,
    query: '{"http.server.request.duration_bucket",job=~"cart"}',
  },
  {
    what: 'Istio',
    evidence: 'istio',
    metrics: [
      'istio_requests_total',
      'istio_request_duration_milliseconds_bucket',
    ],
    labels: [
      'reporter',
      'response_code',
      'source_canonical_service',
      'destination_canonical_service',
    ],
    service: ['destination_canonical_service', 'cart'],
    le: milliseconds,
    query:
      'istio_request_duration_milliseconds_bucket{reporter="destination",destination_canonical_service=~"cart"}',
  },
  {
    what: 'service graph, of calls to what has spans of its own',
    evidence: 'service-graph',
    metrics: [
      'traces_service_graph_request_total',
      'traces_service_graph_request_server_seconds_bucket',
    ],
    labels: ['client', 'server', 'connection_type'],
    service: ['server', 'cart'],
    le: seconds,
    query:
      'traces_service_graph_request_server_seconds_bucket{connection_type!~"database|virtual_node",server=~"cart"}',
  },
  {
    what: 'service graph, of calls of users',
    evidence: 'service-graph',
    metrics: [
      'traces_service_graph_request_total',
      'traces_service_graph_request_server_bucket',
    ],
    labels: ['client', 'server', 'connection_type'],
    service: ['server', 'cart'],
    le: seconds,
    query:
      'traces_service_graph_request_server_bucket{client="user",server=~"cart"}',
  },
];

describe('latencies of a dialect are asked for', () => {
  let server: ScriptedServer;
  beforeAll(async () => {
    server = await startScriptedServer();
  });
  afterAll(() => server.stop());

  /** Answers with a service of the metrics, and with `samples` where latencies are asked for. */
  function script(
    golden: Pick<Golden, 'metrics' | 'labels' | 'service'>,
    samples: [more: JsonObject, value: string][],
  ): void {
    const [label, value] = golden.service;
    server.answer(({ path, parameters }, response) => {
      const query = parameters.get('query') ?? '';
      const answer = () => {
        if (path.endsWith('/__name__/values')) return labels(golden.metrics);
        if (path.endsWith('/labels')) return labels(golden.labels);
        if (path.endsWith('/values')) {
          return labels(path.includes(`/${label}/`) ? [value] : []);
        }
        return matrix(
          query.includes('"le"') ||
            (query.includes('by (') && query.includes(', le)'))
            ? samples.map(([more, count]) => ({
                metric: { [label]: value, ...more },
                values: [[to.getTime() / 1000, count]],
              }))
            : [],
        );
      };
      response.end(JSON.stringify(answer().content));
    });
  }

  const fetchLatencies = () =>
    createSource(server.url).fetchHourlyLatencies(
      [{ entityRef: REF, telemetryNames: ['cart'] }],
      { from, to },
    );

  const queries = () =>
    server.requests.flatMap(({ parameters }) => parameters.get('query') ?? []);

  it.each(goldens.map(golden => [golden.what, golden] as const))(
    '%s',
    async (_, golden) => {
      const [low, high] = golden.le;
      script(golden, [
        [{ le: low, slo_part: 'requests' }, '6'],
        [{ le: high, slo_part: 'requests' }, '9'],
        [{ le: '+Inf', slo_part: 'requests' }, '10'],
      ]);
      const answer = await fetchLatencies();
      expect(answer.warnings).toEqual([]);
      expect(answer.latencies).toEqual(
        new Map([
          [
            REF,
            {
              boundsSeconds: Float64Array.of(0.1, 1),
              counts: [6, 3, 1].map(count => Float64Array.of(count)),
              evidence: golden.evidence,
            },
          ],
        ]),
      );
      expect(() => queries().forEach(parsePromQL)).not.toThrow();
      expect(queries().some(query => query.includes(golden.query))).toBe(true);
    },
  );

  describe('as native histograms', () => {
    const native = {
      metrics: [
        'http_server_request_duration_seconds',
        'http_server_request_duration_seconds',
      ] as Golden['metrics'],
      labels: ['job', 'http_response_status_code'],
      service: ['job', 'cart'] as Golden['service'],
    };

    it('by their shares at usual thresholds', async () => {
      script(native, [
        [{ le: '0.1' }, '0.6'],
        [{ le: '0.5' }, '0.9'],
        [{ le: '+Inf' }, '20'],
      ]);
      const { latencies } = await fetchLatencies();
      expect(latencies.get(REF)).toEqual({
        boundsSeconds: Float64Array.of(0.1, 0.5),
        counts: [12, 6, 2].map(count => Float64Array.of(count)),
        evidence: 'otel-http-metrics',
      });
      const asked = queries().find(query => query.includes('fraction')) ?? '';
      expect(asked).toContain(
        'histogram_fraction(-Inf, 0.1, sum by (job) (increase(http_server_request_duration_seconds{job=~"cart"}[3600s])))',
      );
      expect(() => parsePromQL(asked)).not.toThrow();
    });

    it('of which no request is none', async () => {
      script(native, [
        [{ le: '0.1' }, 'NaN'],
        [{ le: '+Inf' }, '0'],
      ]);
      const { latencies } = await fetchLatencies();
      expect(latencies.get(REF)?.counts).toEqual([
        Float64Array.of(0),
        Float64Array.of(0),
      ]);
    });
  });

  it('of the side that callers wait for nothing, where both are exchanged', async () => {
    // three callers that seem to wait for less time than their servers take
    const graph = ['client', 'server'].map(
      side => `traces_service_graph_request_${side}_seconds_bucket`,
    );
    server.answer(({ path, parameters }, response) => {
      const query = parameters.get('query') ?? '';
      const edges = ['a', 'b', 'cart'].map(name => ({
        client: 'web',
        server: name,
      }));
      const sample = (metric: JsonObject, value: number) => ({
        metric,
        values: [[to.getTime() / 1000, String(value)]],
      });
      const answer = () => {
        if (path.endsWith('/__name__/values')) {
          return labels(['traces_service_graph_request_total', ...graph]);
        }
        if (path.endsWith('/labels')) return labels(['client', 'server']);
        if (path.endsWith('/le/values')) return labels(['0.1', '1', '+Inf']);
        if (path.endsWith('/values')) return labels(['a', 'b', 'cart']);
        return matrix(
          query.includes('histogram_quantile')
            ? edges.flatMap(edge =>
                ['p50', 'p95', 'p99'].flatMap(name => [
                  sample({ ...edge, slo_part: `client ${name}` }, 0.05),
                  sample({ ...edge, slo_part: `server ${name}` }, 0.5),
                ]),
              )
            : [],
        );
      };
      response.end(JSON.stringify(answer().content));
    });
    await fetchLatencies();
    const asked = queries().filter(query => query.includes('producers'));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain(graph[0]);
    expect(asked[0]).not.toContain(graph[1]);
  });
});
