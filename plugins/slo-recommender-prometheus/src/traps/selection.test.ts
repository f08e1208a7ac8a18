import type { TelemetrySource } from 'backstage-plugin-slo-recommender-node';
import { parseLabelMatchers } from 'backstage-plugin-slo-recommender-common';
import type { RecordedSeries } from '../__testUtils__/openMetrics';
import { describeWith, SERVERS } from '../__testUtils__/recordedServers';
import {
  lastDayOf,
  type RecordedSource,
  startRecordedSource,
} from './__testUtils__/recordedSource';
import { LAST_DAY, perHour } from './__testUtils__/trapRecording';

const spans = (
  service: string,
  status: string,
  labels: Record<string, string>,
  rate: number,
): RecordedSeries => ({
  metric: 'traces_span_metrics_calls_total',
  labels: {
    job: 'collector',
    instance: 'collector-0',
    service_name: service,
    span_kind: 'SPAN_KIND_SERVER',
    status_code: `STATUS_CODE_${status}`,
    ...labels,
  },
  samples: perHour(rate),
});

const buckets = (
  metric: string,
  labels: Record<string, string>,
  rates: [le: string, rate: number][],
): RecordedSeries[] =>
  rates.map(([le, rate]) => ({
    metric,
    labels: { ...labels, le },
    samples: perHour(rate),
  }));

const spanBuckets = (env: string, rates: [le: string, rate: number][]) =>
  buckets(
    'traces_span_metrics_duration_milliseconds_bucket',
    {
      job: 'collector',
      instance: 'collector-0',
      service_name: 'envs',
      span_kind: 'SPAN_KIND_SERVER',
      status_code: 'STATUS_CODE_UNSET',
      deployment_environment: env,
    },
    rates,
  );

const http = (
  job: string,
  route: string,
  code: string,
  rate: number,
): RecordedSeries => ({
  metric: 'http_server_request_duration_seconds_count',
  labels: {
    job,
    instance: `${job}:8080`,
    http_route: route,
    http_response_status_code: code,
  },
  samples: perHour(rate),
});

const mesh = (
  reporter: string,
  cluster: string,
  code: string,
  rate: number,
): RecordedSeries => ({
  metric: 'istio_requests_total',
  labels: {
    job: 'envoy',
    instance: `${reporter}-${cluster}`,
    reporter,
    destination_canonical_service: 'clustered',
    destination_cluster: cluster,
    response_code: code,
    response_flags: code === '503' ? 'UF' : '-',
  },
  samples: perHour(rate),
});

const RECORDING: RecordedSeries[] = [
  spans('envs', 'UNSET', { deployment_environment: 'production' }, 1_000),
  spans('envs', 'ERROR', { deployment_environment: 'production' }, 1),
  spans('envs', 'UNSET', { deployment_environment: 'staging' }, 70),
  spans('envs', 'ERROR', { deployment_environment: 'staging' }, 30),
  ...spanBuckets('production', [
    ['100', 1_000],
    ['+Inf', 1_000],
  ]),
  ...spanBuckets('staging', [
    ['100', 0],
    ['+Inf', 70],
  ]),
  http('shop/probed', '/healthz', '200', 2_000),
  http('shop/probed', '/orders', '200', 97),
  http('shop/probed', '/orders', '503', 3),
  ...buckets(
    'http_server_request_duration_seconds_bucket',
    {
      job: 'shop/probed',
      instance: 'shop/probed:8080',
      http_route: '/orders',
      http_response_status_code: '200',
    },
    [
      ['0.1', 90],
      ['+Inf', 97],
    ],
  ),
  ...buckets(
    'http_server_request_duration_seconds_bucket',
    {
      job: 'shop/probed',
      instance: 'shop/probed:8080',
      http_route: '/healthz',
      http_response_status_code: '200',
    },
    [
      ['0.1', 2_000],
      ['+Inf', 2_000],
    ],
  ),
  mesh('destination', 'prod-1', '200', 100),
  mesh('source', 'prod-1', '200', 100),
  mesh('source', 'prod-1', '503', 10),
  mesh('destination', 'dev-1', '200', 50),
  mesh('source', 'dev-1', '200', 50),
  mesh('source', 'dev-1', '503', 40),
];

const asked = (name: string, matchers?: string) => ({
  entityRef: `component:default/${name}`,
  telemetryNames: [name],
  matchers: matchers ? parseLabelMatchers(matchers) : undefined,
});

async function latenciesOf(
  source: TelemetrySource,
  name: string,
  matchers?: string,
) {
  const service = asked(name, matchers);
  const answer = await source.fetchHourlyLatencies?.([service], LAST_DAY);
  const counts = answer?.latencies.get(service.entityRef)?.counts ?? [];
  return counts.map(bucket => bucket.reduce((sum, value) => sum + value, 0));
}

describeWith(
  SERVERS,
  'trap 16: strangers under the name of a service in %s',
  kind => {
    let recorded: RecordedSource;
    beforeAll(async () => {
      recorded = await startRecordedSource(RECORDING, kind);
    });
    afterAll(() => recorded?.stop());

    async function countsOf(name: string, matchers?: string) {
      const service = asked(name, matchers);
      const answer = await recorded.source.fetchHourlyCounts(
        [service],
        LAST_DAY,
      );
      const { total, bad } = answer.counts.get(service.entityRef) ?? {
        total: [NaN],
        bad: [NaN],
      };
      const sum = (values: Iterable<number>) =>
        [...values].reduce((all, value) => all + value, 0);
      return { total: sum(total), bad: sum(bad) };
    }

    it.each([
      ['envs', undefined, 1_101, 31],
      ['envs', 'deployment_environment="production"', 1_001, 1],
      ['envs', 'deployment.environment!="staging"', 1_001, 1],
      ['envs', 'deployment_environment=~"stag.*"', 100, 30],
      ['probed', undefined, 2_100, 3],
      ['probed', 'http_route!~"/healthz|/livez"', 100, 3],
      ['probed', 'http_route!="/healthz",span_name!="GET /healthz"', 100, 3],
      ['clustered', undefined, 200, 50],
      ['clustered', 'destination_cluster=~"prod-.+"', 110, 10],
      ['clustered', 'destination_cluster!~"prod-.+"', 90, 40],
    ])('counts of %s what matches %s', async (name, matchers, total, bad) => {
      await expect(countsOf(name, matchers)).resolves.toEqual({
        total: 24 * total,
        bad: 24 * bad,
      });
    });

    it.each([
      ['envs', undefined, [1_000, 70]],
      ['envs', 'deployment_environment="production"', [1_000, 0]],
      ['probed', undefined, [2_090, 7]],
      ['probed', 'http_route!~"/healthz"', [90, 7]],
    ])(
      'takes latencies of %s from what matches %s',
      async (name, matchers, of) => {
        await expect(
          latenciesOf(recorded.source, name, matchers),
        ).resolves.toEqual(of.map(rate => 24 * rate));
      },
    );

    it('counts each service by its own matchers', async () => {
      const answer = await recorded.source.fetchHourlyCounts(
        [
          asked('envs', 'deployment_environment="staging"'),
          asked('probed'),
          asked('clustered', 'destination_cluster="prod-1"'),
        ],
        LAST_DAY,
      );
      expect(
        [...answer.counts].map(([ref, { total }]) => [ref, total[0]]),
      ).toEqual([
        ['component:default/envs', 100],
        ['component:default/probed', 2_100],
        ['component:default/clustered', 110],
      ]);
    });

    it('counts by the matchers of the datasource too', async () => {
      const source = recorded.configured({
        matchers: 'deployment_environment!="staging",http_route!="/healthz"',
      });
      await expect(lastDayOf(source, 'envs')).resolves.toMatchObject({
        total: 24 * 1_001,
        bad: 24,
      });
      await expect(lastDayOf(source, 'probed')).resolves.toMatchObject({
        total: 24 * 100,
      });
      await expect(latenciesOf(source, 'probed')).resolves.toEqual([
        24 * 90,
        24 * 7,
      ]);
      expect(source.selection).not.toBe(recorded.source.selection);
    });

    it.each([
      'deployment_environment="prodution"',
      'environment="production"',
      'service_name="envs\\"} or vector(1) #"',
    ])('red: says that nothing matches %s', async matchers => {
      const service = asked('envs', matchers);
      const twoWeeks = {
        from: new Date(LAST_DAY.to.getTime() - 14 * 86_400_000),
        to: LAST_DAY.to,
      };
      const answer = await recorded.source.fetchHourlyCounts(
        [service],
        twoWeeks,
      );
      expect(answer.counts.size).toBe(0);
      expect(answer.findings.get(service.entityRef)).toEqual([
        expect.objectContaining({
          code: 'nothing_selected',
          message: expect.stringContaining('knows this service, but none'),
        }),
      ]);
    });
  },
);
