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
const GRAPH = 'traces_service_graph_request_total';
const GRAPH_FAILURES = 'traces_service_graph_request_failed_total';

interface Golden {
  what: string;
  evidence: string;
  metrics: string[];
  labels: string[];
  /** Label of the service, and its value; the service is asked for as `cart`. */
  service: [label: string, value: string];
  /** Labels that series of failures and of successes have. */
  failed: JsonObject;
  succeeded?: JsonObject;
  /** Only a part of what the query for requests must say. */
  query: string;
}

const made = {
  failed: { slo_outcome: 'failed' },
  succeeded: { slo_outcome: 'succeeded' },
};
const goldens: Golden[] = [
  {
    what: 'spanmetrics connector',
    evidence: 'otel-collector-span-metrics',
    metrics: ['traces_span_metrics_calls_total'],
    labels: ['service_name', 'span_kind', 'status_code'],
    service: ['service_name', 'cart'],
    failed: { status_code: 'STATUS_CODE_ERROR' },
    succeeded: { status_code: 'STATUS_CODE_UNSET' },
    query:
      'traces_span_metrics_calls_total{span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER",service_name=~"cart"}',
  },
  {
    what: 'spanmetrics connector in Prometheus 3',
    evidence: 'otel-collector-span-metrics',
    metrics: ['traces.span.metrics.calls'],
    labels: ['service.name', 'span.kind', 'status.code'],
    service: ['service.name', 'cart'],
    failed: { 'status.code': 'STATUS_CODE_ERROR' },
    succeeded: { 'status.code': 'STATUS_CODE_OK' },
    query:
      '{"traces.span.metrics.calls","span.kind"=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER","service.name"=~"cart"}',
  },
  {
    what: 'Tempo span metrics',
    evidence: 'tempo-span-metrics',
    metrics: ['traces_spanmetrics_calls_total'],
    labels: ['service', 'span_kind', 'status_code'],
    service: ['service', 'cart'],
    failed: { status_code: 'STATUS_CODE_ERROR' },
    succeeded: { status_code: 'STATUS_CODE_UNSET' },
    query: 'sum by (service, status_code)',
  },
  {
    what: 'HTTP conventions by job with a namespace',
    evidence: 'otel-http-metrics',
    metrics: ['http_server_request_duration_seconds_count'],
    labels: ['job', 'http_response_status_code'],
    service: ['job', 'shop/cart'],
    ...made,
    query:
      '"slo_outcome", "failed", "http_response_status_code", "5([0-9]{2}|[xX]{2})")',
  },
  {
    what: 'older HTTP conventions',
    evidence: 'otel-http-metrics',
    metrics: ['http_server_duration_milliseconds_count'],
    labels: ['service_name', 'http_status_code'],
    service: ['service_name', 'cart'],
    ...made,
    query:
      '"slo_outcome", "failed", "http_status_code", "5([0-9]{2}|[xX]{2})")',
  },
  {
    what: 'HTTP conventions as native histograms',
    evidence: 'otel-http-metrics',
    metrics: ['http_server_request_duration_seconds'],
    labels: ['job', 'http_response_status_code'],
    service: ['job', 'cart'],
    ...made,
    query:
      'histogram_count(increase(http_server_request_duration_seconds{job=~"cart"}[3600s]))',
  },
  {
    what: 'HTTP conventions in Prometheus 3',
    evidence: 'otel-http-metrics',
    metrics: ['http.server.request.duration_count'],
    labels: ['job', 'http.response.status_code'],
    service: ['job', 'cart'],
    ...made,
    query: '{"http.server.request.duration_count",job=~"cart"}',
  },
  {
    what: 'Istio',
    evidence: 'istio',
    metrics: ['istio_requests_total'],
    labels: [
      'reporter',
      'response_code',
      'source_canonical_service',
      'destination_canonical_service',
    ],
    service: ['destination_canonical_service', 'cart'],
    ...made,
    query:
      'istio_requests_total{reporter="destination",destination_canonical_service=~"cart"}',
  },
  {
    what: 'service graph with a label of failures',
    evidence: 'service-graph',
    metrics: [GRAPH],
    labels: ['client', 'server', 'failed'],
    service: ['server', 'cart'],
    failed: { failed: 'true' },
    succeeded: { failed: 'false' },
    query: 'sum by (server, failed)',
  },
  {
    what: 'service graph with a counter of failures',
    evidence: 'service-graph',
    metrics: [GRAPH, GRAPH_FAILURES],
    labels: ['client', 'server'],
    service: ['server', 'cart'],
    failed: { failed: 'false' },
    query: 'sum by (server, failed)',
  },
];

describe('a dialect is asked for', () => {
  let server: ScriptedServer;
  beforeAll(async () => {
    server = await startScriptedServer();
  });
  afterAll(() => server.stop());

  it.each(goldens.map(golden => [golden.what, golden] as const))(
    '%s',
    async (_, golden) => {
      const [label, value] = golden.service;
      const series = (more: JsonObject, count: string) => ({
        metric: { [label]: value, ...more },
        values: [[to.getTime() / 1000, count]],
      });
      const counts = [
        series(golden.succeeded ?? {}, '9'),
        series(golden.failed, '1'),
      ];
      server.answer(({ path, parameters }, response) => {
        const query = parameters.get('query') ?? '';
        const answer = () => {
          if (path.endsWith('/__name__/values')) return labels(golden.metrics);
          if (path.endsWith('/labels')) return labels(golden.labels);
          if (path.endsWith('/values')) {
            return labels(path.includes(`/${label}/`) ? [value] : []);
          }
          if (query.includes('slo_part')) return matrix([]);
          return matrix(
            query.includes(GRAPH_FAILURES) ? [series({}, '1')] : counts,
          );
        };
        response.end(JSON.stringify(answer().content));
      });
      const source = createSource(server.url);
      const answer = await source.fetchHourlyCounts(
        [{ entityRef: 'component:default/cart', telemetryNames: ['cart'] }],
        { from, to },
      );
      expect(answer.warnings).toEqual([]);
      expect(answer.counts.get('component:default/cart')).toEqual({
        total: Float64Array.of(10),
        bad: Float64Array.of(1),
        evidence: golden.evidence,
        failureDefinition: expect.any(String),
      });
      const asked = server.requests.flatMap(
        ({ parameters }) => parameters.get('query') ?? [],
      );
      expect(() => asked.forEach(parsePromQL)).not.toThrow();
      expect(asked.some(query => query.includes(golden.query))).toBe(true);
    },
  );
});
