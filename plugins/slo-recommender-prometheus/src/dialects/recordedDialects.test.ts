import { HOUR_MS } from 'backstage-plugin-slo-recommender-node';
import type { RecordedSeries } from '../__testUtils__/openMetrics';
import { describeWith, SERVERS } from '../__testUtils__/recordedServers';
import {
  lastDayOf,
  type RecordedSource,
  startRecordedSource,
} from '../traps/__testUtils__/recordedSource';
import { LAST_DAY, perHour } from '../traps/__testUtils__/trapRecording';

type Rates = [labels: Record<string, string>, rate: number][];

/** Requests an hour of one service by what its server writes about their outcome. */
const counters =
  (metric: string) =>
  (identity: Record<string, string>, rates: Rates): RecordedSeries[] =>
    rates.map(([labels, rate]) => ({
      metric,
      labels: { instance: 'a:8080', ...identity, ...labels },
      samples: perHour(rate),
    }));

const http = counters('http_server_request_duration_seconds_count');
const rpc = counters('rpc_server_call_duration_seconds_count');
const oldRpc = counters('rpc_server_duration_milliseconds_count');
const spring = counters('http_server_requests_seconds_count');

const code = (value: string) => ({ http_response_status_code: value });
const grpc = (status: string) => ({
  rpc_system: 'grpc',
  rpc_grpc_status_code: status,
});
const connect = (error?: string) => ({
  rpc_system: 'connect_rpc',
  ...(error && { rpc_connect_rpc_error_code: error }),
});
const answered = (status: string, outcome: string, exception = 'None') => ({
  status,
  outcome,
  exception,
  uri: '/orders/{id}',
});

const spanOf = (kind: string, status: string) => ({
  span_kind: `SPAN_KIND_${kind}`,
  status_code: `STATUS_CODE_${status}`,
});

const spans = (name: string, rates: Rates) =>
  counters('traces_span_metrics_calls_total')(
    { job: 'collector', service_name: name },
    rates,
  );

/** A series that ends a day before the others. */
const silentLastDay = (series: RecordedSeries): RecordedSeries => ({
  ...series,
  samples: series.samples.filter(([time]) => time < LAST_DAY.from.getTime()),
});

const buckets = (
  metric: string,
  labels: Record<string, string>,
  reached: [le: string, rate: number][],
): RecordedSeries[] =>
  reached.map(([le, rate]) => ({
    metric,
    labels: { instance: 'a:8080', ...labels, le },
    samples: perHour(rate),
  }));

const RECORDING: RecordedSeries[] = [
  ...oldRpc({ job: 'shop/ledger' }, [
    [grpc('0'), 80],
    [grpc('5'), 10],
    [grpc('14'), 6],
    [grpc('2'), 4],
  ]),
  ...buckets(
    'rpc_server_duration_milliseconds_bucket',
    { job: 'shop/ledger' },
    [
      ['50', 60],
      ['250', 90],
      ['+Inf', 100],
    ],
  ),
  ...oldRpc({ job: 'connected' }, [
    [connect(), 90],
    [connect('not_found'), 4],
    [connect('unavailable'), 3],
    [connect('canceled'), 3],
  ]),
  ...oldRpc({ job: 'overflowing-rpc' }, [
    [grpc('0'), 50],
    [{ otel_metric_overflow: 'true' }, 50],
  ]),
  ...rpc({ service_name: 'quotes', job: 'collector' }, [
    [{ rpc_response_status_code: 'OK' }, 90],
    [{ rpc_response_status_code: 'RESOURCE_EXHAUSTED' }, 5],
    [
      {
        rpc_response_status_code: 'DEADLINE_EXCEEDED',
        error_type: 'DEADLINE_EXCEEDED',
      },
      3,
    ],
    [{ error_type: 'java.io.IOException' }, 2],
  ]),
  ...rpc({ service_name: 'json-rpc', job: 'collector' }, [
    [{ rpc_response_status_code: 'OK' }, 60],
    [{ rpc_response_status_code: '-32602' }, 30],
    [{}, 10],
  ]),
  ...buckets(
    'rpc_server_call_duration_seconds_bucket',
    { service_name: 'quotes', job: 'collector' },
    [
      ['0.1', 50],
      ['+Inf', 100],
    ],
  ),

  ...spring({ application: 'orders', job: 'kubernetes-pods' }, [
    [answered('200', 'SUCCESS'), 90],
    [answered('404', 'CLIENT_ERROR', 'NotFoundException'), 6],
    [answered('503', 'SERVER_ERROR', 'TimeoutException'), 4],
  ]),
  ...buckets(
    'http_server_requests_seconds_bucket',
    { application: 'orders', job: 'kubernetes-pods', ...answered('200', '') },
    [
      ['0.05', 70],
      ['+Inf', 100],
    ],
  ),
  ...spring({ job: 'shop/invoices' }, [
    [answered('200', 'SUCCESS'), 95],
    [answered('500', 'SERVER_ERROR', 'NullPointerException'), 5],
  ]),
  ...spring({ application: 'impatient', job: 'kubernetes-pods' }, [
    [answered('200', 'SUCCESS'), 90],
    [answered('UNKNOWN', 'UNKNOWN', 'AbortedException'), 7],
    [answered('RESET', 'CLIENT_ERROR'), 3],
  ]),
  {
    metric: 'http_server_requests_seconds',
    labels: { application: 'orders', job: 'kubernetes-pods', quantile: '0.99' },
    samples: perHour(0),
  },

  // a collector that is scraped without honor_labels
  ...http({ job: 'otel-collector', exported_job: 'shop/exported' }, [
    [code('200'), 90],
    [code('500'), 10],
  ]),
  ...http({ job: 'otel-collector' }, [[code('200'), 20]]),
  ...spring({ job: 'otel-collector', exported_job: 'exported-spring' }, [
    [answered('200', 'SUCCESS'), 40],
  ]),
  ...counters('traces_spanmetrics_calls_total')(
    { job: 'tempo', service: 'tempo-metrics', exported_service: 'basket' },
    [
      [spanOf('SERVER', 'UNSET'), 50],
      [spanOf('CONSUMER', 'ERROR'), 5],
    ],
  ),

  // batches, and a service that works on its own while it has no requests
  ...spans('nightly-batch', [
    [spanOf('INTERNAL', 'UNSET'), 40],
    [spanOf('INTERNAL', 'ERROR'), 2],
    [spanOf('CLIENT', 'ERROR'), 20],
  ]),
  ...spans('worker', [
    [spanOf('CONSUMER', 'UNSET'), 30],
    [spanOf('INTERNAL', 'ERROR'), 30],
  ]),
  ...http({ job: 'shop/housekeeping' }, [[code('200'), 50]]).map(silentLastDay),
  ...spans('housekeeping', [[spanOf('INTERNAL', 'UNSET'), 60]]),
  ...spans('only-calls', [[spanOf('CLIENT', 'UNSET'), 60]]),

  // written otherwise than in the catalog
  ...http({ job: 'shop/Ledger-API' }, [[code('200'), 60]]),
  ...counters('hits_total')({ app: 'nginx' }, [[{}, 60]]),

  // both kinds of one service
  ...http({ job: 'both' }, [
    [code('200'), 10],
    [code('500'), 1],
  ]),
  ...oldRpc({ job: 'both' }, [
    [grpc('0'), 90],
    [grpc('13'), 10],
  ]),
  ...http({ job: 'mostly-http' }, [[code('200'), 100]]),
  ...oldRpc({ job: 'mostly-http' }, [
    [grpc('0'), 20],
    [grpc('13'), 10],
  ]),
  ...http({ job: 'one-server' }, [[code('200'), 100]]),
  ...oldRpc({ job: 'one-server' }, [
    [grpc('0'), 90],
    [grpc('13'), 10],
  ]),
];

describeWith(SERVERS, 'what servers count in %s', kind => {
  let recorded: RecordedSource;

  beforeAll(async () => {
    recorded = await startRecordedSource(RECORDING, kind);
  }, 60_000);

  afterAll(() => recorded?.stop());

  it.each<[name: string, evidence: string, counts: number[], codes: string[]]>([
    ['ledger', 'otel-rpc-metrics', [100, 10, 0], []],
    ['connected', 'otel-rpc-metrics', [100, 3, 0], []],
    ['quotes', 'otel-rpc-metrics', [100, 5, 0], []],
    ['json-rpc', 'otel-rpc-metrics', [60, 0, 40], ['unreadable_outcomes']],
    ['overflowing-rpc', 'otel-rpc-metrics', [50, 0, 50], ['lost_labels']],
    ['orders', 'micrometer-http-metrics', [100, 4, 0], []],
    ['invoices', 'micrometer-http-metrics', [100, 5, 0], []],
    [
      'impatient',
      'micrometer-http-metrics',
      [90, 0, 10],
      ['unreadable_outcomes'],
    ],
    ['both', 'otel-rpc-metrics', [100, 10, 0], ['other_requests']],
    ['mostly-http', 'otel-http-metrics', [100, 0, 0], ['other_requests']],
    ['one-server', 'otel-rpc-metrics', [100, 10, 0], []],
    ['exported', 'otel-http-metrics', [100, 10, 0], []],
    ['otel-collector', 'otel-http-metrics', [20, 0, 0], []],
    ['exported-spring', 'micrometer-http-metrics', [40, 0, 0], []],
    ['worker', 'otel-collector-span-metrics', [30, 0, 0], []],
    [
      'nightly-batch',
      'otel-collector-span-metrics',
      [42, 2, 0],
      ['internal_spans_counted'],
    ],
    ['basket', 'tempo-span-metrics', [55, 5, 0], []],
  ])('%s is counted by %s', async (name, evidence, counts, codes) => {
    const day = await lastDayOf(recorded.source, name);
    expect(day.counts?.evidence).toBe(evidence);
    expect([day.total, day.bad, day.unknown].map(sum => sum / 24)).toEqual(
      counts,
    );
    expect(day.codes).toEqual(codes);
  });

  it.each(['housekeeping', 'only-calls', 'tempo-metrics'])(
    'counts nothing of %s',
    async name => {
      const { counts } = await lastDayOf(recorded.source, name);
      expect(counts).toBeUndefined();
    },
  );

  it.each<[name: string, codes: string[], words: string]>([
    ['ledger-api', ['name_in_other_case'], "there is 'shop/Ledger-API'"],
    ['LEDGER-API', ['name_in_other_case'], "there is 'shop/Ledger-API'"],
    ['nightly-Batch', ['name_in_other_case'], "there is 'nightly-batch'"],
    ['nowhere', [], ''],
  ])('says whether %s is there in other letter case', async (...expected) => {
    const [name, codes, words] = expected;
    const entityRef = 'component:default/asked';
    const { counts, findings } = await recorded.source.fetchHourlyCounts(
      [{ entityRef, telemetryNames: [name] }],
      {
        from: new Date(LAST_DAY.from.getTime() - 48 * HOUR_MS),
        to: LAST_DAY.to,
      },
    );
    const found = findings.get(entityRef) ?? [];
    expect(counts.get(entityRef)).toBeUndefined();
    expect(found.map(({ code: one }) => one)).toEqual(codes);
    expect(found.map(({ message }) => message).join()).toContain(words);
  });

  it.each<[requests: string, codes: string[]]>([
    [
      'sum(increase(hits_total{app=~$services}[$range]))',
      ['template_without_label'],
    ],
    [
      'sum by (job) (increase(hits_total{app=~$services}[$range]))',
      ['template_without_label'],
    ],
    ['sum by (app) (increase(hits_total{app=~$services}[$range]))', []],
    ['sum by (app) (increase(misses_total{app=~$services}[$range]))', []],
  ])(
    'says whether the result of %s names services',
    async (requests, codes) => {
      const source = recorded.configured({
        templates: {
          serviceLabel: 'app',
          requests,
          failures:
            'sum by (app) (increase(misses_total{app=~$services}[$range]))',
        },
      });
      const day = await lastDayOf(source, 'nginx');
      expect(day.codes).toEqual(codes);
    },
  );

  it.each([
    ['json-rpc', 'rpc_response_status_code="-32602"'],
    ['impatient', 'status="UNKNOWN", status="RESET"'],
    [
      'both',
      'also answered 264 requests by HTTP in the last day, of which 9.1 % failed. Only its 2,400 calls by RPC',
    ],
    [
      'mostly-http',
      'also answered 720 calls by RPC in the last day, of which 33 % failed. Only its 2,400 requests by HTTP',
    ],
  ])('says what it found of %s', async (name, words) => {
    const { findings } = await lastDayOf(recorded.source, name);
    expect(findings[0].message).toContain(words);
  });

  it.each<[name: string, bounds: number[], perHourCounts: number[]]>([
    ['ledger', [0.05, 0.25], [60, 30, 10]],
    ['quotes', [0.1], [50, 50]],
    ['orders', [0.05], [70, 30]],
  ])('has the latencies of %s', async (name, bounds, perHourCounts) => {
    const answer = await recorded.source.fetchHourlyLatencies?.(
      [{ entityRef: 'component:default/asked', telemetryNames: [name] }],
      LAST_DAY,
    );
    const latencies = answer?.latencies.get('component:default/asked');
    expect([...(latencies?.boundsSeconds ?? [])]).toEqual(bounds);
    expect(latencies?.counts.map(counts => counts[12])).toEqual(perHourCounts);
  });
});
