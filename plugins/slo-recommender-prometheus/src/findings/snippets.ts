import type { DataQualityFinding } from 'backstage-plugin-slo-recommender-node';

type Snippet = NonNullable<DataQualityFinding['snippet']>;

const yaml = (title: string, lines: string[]): Snippet => ({
  title,
  language: 'yaml',
  text: `${lines.join('\n')}\n`,
});

export const SPAN_METRICS = yaml('OpenTelemetry Collector: span metrics', [
  'connectors:',
  '  spanmetrics:',
  '    dimensions:',
  '      - name: http.response.status_code',
  'service:',
  '  pipelines:',
  '    traces:',
  '      exporters: [spanmetrics]',
  '    metrics:',
  '      receivers: [spanmetrics]',
]);

export const KEEP_IDLE_SERIES = yaml(
  'OpenTelemetry Collector: keep series that idle',
  [
    'connectors:',
    '  spanmetrics:',
    '    # 0 keeps them for as long as the Collector runs',
    '    metrics_expiration: 0',
    'exporters:',
    '  prometheus:',
    '    metric_expiration: 24h',
  ],
);

export const METRICS_BEFORE_SAMPLING = yaml(
  'OpenTelemetry Collector: count spans before they are sampled',
  [
    'connectors:',
    '  spanmetrics: {}',
    '  forward: {}',
    'service:',
    '  pipelines:',
    '    traces/all:',
    '      receivers: [otlp]',
    '      exporters: [spanmetrics, forward]',
    '    traces/sampled:',
    '      receivers: [forward]',
    '      processors: [tail_sampling]',
    '      exporters: [otlp]',
    '    metrics:',
    '      receivers: [spanmetrics]',
    '      exporters: [prometheus]',
  ],
);

export const FINER_BUCKETS = yaml('Tempo: buckets from 5 ms on', [
  'metrics_generator:',
  '  processor:',
  '    service_graphs:',
  '      histogram_buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8]',
]);

export const FINER_SPAN_BUCKETS = yaml(
  'OpenTelemetry Collector: buckets from 1 ms on',
  [
    'connectors:',
    '  spanmetrics:',
    '    histogram:',
    '      explicit:',
    '        buckets: [1ms, 2ms, 5ms, 10ms, 25ms, 50ms, 100ms, 250ms, 500ms, 1s, 2500ms, 5s, 10s]',
  ],
);

export const LONGER_WAIT = yaml('Wait longer for the other side of a call', [
  '# Tempo',
  'metrics_generator:',
  '  processor:',
  '    service_graphs:',
  '      wait: 30s',
  '      max_items: 50000',
  '---',
  '# OpenTelemetry Collector',
  'connectors:',
  '  servicegraph:',
  '    store:',
  '      ttl: 30s',
  '      max_items: 50000',
]);

export const RAISE_CARDINALITY_LIMIT = yaml('Raise the limit for series', [
  '# OpenTelemetry Collector',
  'connectors:',
  '  spanmetrics:',
  '    aggregation_cardinality_limit: 10000',
  '---',
  '# Tempo',
  'overrides:',
  '  defaults:',
  '    metrics_generator:',
  '      max_active_series: 100000',
]);

export const PROMOTE_ENVIRONMENT = yaml(
  'Give metrics that come over OTLP the environment',
  [
    '# Prometheus',
    'otlp:',
    '  promote_resource_attributes: [deployment.environment.name, deployment.environment]',
    '---',
    '# OpenTelemetry Collector',
    'exporters:',
    '  prometheus:',
    '    resource_to_telemetry_conversion: { enabled: true }',
  ],
);
