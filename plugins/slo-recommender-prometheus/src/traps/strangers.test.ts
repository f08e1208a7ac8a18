import { parseLabelMatchers } from 'backstage-plugin-slo-recommender-common';
import type { RecordedSeries } from '../__testUtils__/openMetrics';
import { describeWith, SERVERS } from '../__testUtils__/recordedServers';
import {
  lastDayOf,
  type RecordedSource,
  startRecordedSource,
} from './__testUtils__/recordedSource';
import { LAST_DAY, perHour } from './__testUtils__/trapRecording';

const HOUR_MS = 3_600_000;

const spans = (
  service: string,
  rate: number,
  labels: Record<string, string>,
): RecordedSeries => ({
  metric: 'traces_span_metrics_calls_total',
  labels: {
    job: 'collector',
    instance: 'collector-0',
    service_name: service,
    span_kind: 'SPAN_KIND_SERVER',
    span_name: 'POST /orders',
    status_code: 'STATUS_CODE_UNSET',
    ...labels,
  },
  samples: perHour(rate),
});
const ERROR = { status_code: 'STATUS_CODE_ERROR' };

const http = (
  job: string,
  rate: number,
  labels: Record<string, string>,
): RecordedSeries => ({
  metric: 'http_server_request_duration_seconds_count',
  labels: {
    job,
    instance: `${job}:8080`,
    http_route: '/orders',
    http_response_status_code: '200',
    ...labels,
  },
  samples: perHour(rate),
});
const FAILED = { http_response_status_code: '500' };

/** Had requests only until so many hours before the end. */
function quietFor(hours: number, series: RecordedSeries): RecordedSeries {
  const until = LAST_DAY.to.getTime() - hours * HOUR_MS;
  const [, last] = series.samples.findLast(([time]) => time < until) ?? [];
  return {
    ...series,
    samples: series.samples.map(([time, value]) => [
      time,
      Math.min(value, last ?? value),
    ]),
  };
}

const RECORDING: RecordedSeries[] = [
  // health checks
  spans('probed', 1_900, { span_name: 'GET /healthz' }),
  spans('probed', 98, {}),
  spans('probed', 2, ERROR),
  http('probed-http', 310, { http_route: '/livez' }),
  http('probed-http', 290, { http_route: '/api/v1/health/ready' }),
  http('probed-http', 380, {}),
  http('probed-http', 20, FAILED),
  http('by-agent', 500, {
    http_route: '/',
    user_agent_original: 'kube-probe/1.29+',
  }),
  http('by-agent', 500, {
    http_route: '/',
    user_agent_original: 'Mozilla/5.0',
  }),
  spans('grpc', 120, { span_name: 'grpc.health.v1.Health/Check' }),
  spans('grpc', 120, { span_name: 'shop.Cart/Add' }),
  http('unready', 980, {}),
  http('unready', 20, { http_route: '/readyz', ...FAILED }),
  http('few-probes', 980, {}),
  http('few-probes', 20, { http_route: '/ping' }),
  http('clinic', 500, { http_route: '/health/records/{id}' }),
  http('clinic', 500, { http_route: '/patients/{id}/metrics' }),
  http('clinic', 500, { http_route: '/healthy-food' }),
  http('private', 300, { http_route: '/api/jane.doe@mail.example/healthz' }),
  http('private', 300, { http_route: '/healthz' }),
  http('private', 300, {}),
  // environments
  spans('two-envs', 1_000, { deployment_environment: 'production' }),
  spans('two-envs', 70, { deployment_environment: 'staging' }),
  spans('two-envs', 30, { deployment_environment: 'staging', ...ERROR }),
  http('three-envs', 600, { env: 'prod-eu' }),
  http('three-envs', 300, { env: 'prod-us' }),
  http('three-envs', 100, { env: 'uat' }),
  http('two-places', 600, { namespace: 'shop' }),
  http('two-places', 200, { namespace: 'shop-staging', ...FAILED }),
  quietFor(36, spans('quiet-env', 100, { deployment_environment: 'test' })),
  spans('quiet-env', 100, { deployment_environment: 'live' }),
  ...['live', 'staging'].flatMap(environment => [
    http('shop/otlp', environment === 'live' ? 300 : 100, {
      instance: environment,
    }),
    {
      metric: 'target_info',
      labels: {
        job: 'shop/otlp',
        instance: environment,
        deployment_environment_name: environment,
      },
      samples: perHour(0),
    },
  ]),
  http('half-labelled', 100, { env: 'prod-eu' }),
  http('half-labelled', 100, {}),
  http('two-regions', 100, { env: 'prod-eu', namespace: 'shop-eu' }),
  http('two-regions', 100, { env: 'prod-us', namespace: 'shop-us' }),
  spans('one-env', 100, { deployment_environment: 'staging' }),
];

describeWith(SERVERS, 'trap 16: requests that are not of users in %s', kind => {
  let recorded: RecordedSource;
  beforeAll(async () => {
    recorded = await startRecordedSource(RECORDING, kind);
  });
  afterAll(() => recorded?.stop());

  async function found(name: string, code: string) {
    const { findings } = await lastDayOf(recorded.source, name);
    return findings.find(finding => finding.code === code);
  }

  /** Counts with the line that a finding says to paste, and what is still found then. */
  async function afterRemedy(name: string, code: string) {
    const text = (await found(name, code))?.snippet?.text ?? '';
    const [, line] = /matchers: '(.*)'\n$/.exec(text) ?? [];
    const answer = await recorded.source.fetchHourlyCounts(
      [
        {
          entityRef: 'component:default/a',
          telemetryNames: [name],
          matchers: parseLabelMatchers(line.replaceAll("''", "'")),
        },
      ],
      LAST_DAY,
    );
    const { total, bad } = answer.counts.get('component:default/a') ?? {};
    return {
      line,
      counts: [total?.[0], bad?.[0]],
      codes: (answer.findings.get('component:default/a') ?? []).map(
        finding => finding.code,
      ),
    };
  }

  it.each([
    [
      'probed',
      /^95 % .* health checks: GET \/healthz\. Of the others 2 % failed, and of all of them together 0\.1 %/,
      'span_name!~"GET /healthz"',
      100,
      2,
    ],
    [
      'probed-http',
      /^60 % .* health checks: .*\/livez/,
      'http_route!~"/livez|/api/v1/health/ready"',
      400,
      20,
    ],
    [
      'by-agent',
      /^50 % .* health checks: kube-probe\./,
      'user_agent_original!~"kube-probe.*"',
      500,
      0,
    ],
    [
      'grpc',
      /^50 % .* health checks: grpc\.health\.v1\.Health\/Check\./,
      'span_name!~"grpc\\\\.health\\\\.v1\\\\.Health/Check"',
      120,
      0,
    ],
    [
      'unready',
      /^2 % .* Of the others 0 % failed/,
      'http_route!~"/readyz"',
      980,
      0,
    ],
  ])(
    'red: health checks of %s are said, and left out by what is to be pasted',
    async (name, message, line, total, bad) => {
      const finding = await found(name, 'health_checks_counted');
      expect(finding).toMatchObject({
        severity: 'warning',
        message: expect.stringMatching(message),
      });
      const after = await afterRemedy(name, 'health_checks_counted');
      expect(after.line).toBe(line);
      expect(after.counts).toEqual([total, bad]);
      expect(after.codes).not.toContain('health_checks_counted');
    },
  );

  it('green: few health checks are only mentioned', async () => {
    await expect(
      found('few-probes', 'health_checks_counted'),
    ).resolves.toMatchObject({ severity: 'info' });
  });

  it('red: paths that look personal are counted, and not shown', async () => {
    const finding = await found('private', 'health_checks_counted');
    expect(finding?.message).toMatch(/^67 % .* health checks: \/healthz\. /);
    expect(JSON.stringify(finding)).not.toContain('jane');
  });

  it.each(['clinic', 'two-envs'])(
    'green: %s has no health checks',
    async name => {
      await expect(found(name, 'health_checks_counted')).resolves.toBe(
        undefined,
      );
    },
  );

  it.each([
    [
      'two-envs',
      /deployment_environment: production \(91 % of the requests of the last day, of which 0 % failed\), staging \(9\.1 % .* 30 % failed\)/,
      'deployment_environment="production"',
      1_000,
      0,
    ],
    [
      'three-envs',
      /env: prod-eu \(60 % .*, prod-us \(30 % .*, uat \(10 %/,
      'env=~"prod-eu|prod-us"',
      900,
      0,
    ],
    [
      'two-places',
      /namespace: shop \(75 % .*, shop-staging \(25 % .* 100 % failed\)/,
      'namespace="shop"',
      600,
      0,
    ],
    [
      'quiet-env',
      /live \(100 % .*, test \(no requests in the last day, but some in the week\)/,
      'deployment_environment="live"',
      100,
      0,
    ],
    ['half-labelled', /env: .*without a value \(50 %/, 'env="prod-eu"', 100, 0],
  ])(
    'red: environments of %s are said, and one is chosen by what is to be pasted',
    async (name, message, line, total, bad) => {
      await expect(found(name, 'environments_mixed')).resolves.toMatchObject({
        severity: 'warning',
        message: expect.stringMatching(message),
      });
      const after = await afterRemedy(name, 'environments_mixed');
      expect(after.line).toBe(line);
      expect(after.counts).toEqual([total, bad]);
      expect(after.codes).not.toContain('environments_mixed');
    },
  );

  it('red: environments that only target_info tells are said', async () => {
    await expect(found('otlp', 'environments_mixed')).resolves.toMatchObject({
      severity: 'warning',
      message: expect.stringMatching(
        /deployment_environment_name: live \(75 % .*, staging \(25 %/,
      ),
      snippet: { text: expect.stringContaining('promote_resource_attributes') },
    });
  });

  it.each(['two-regions', 'one-env', 'probed'])(
    'green: %s is of one environment',
    async name => {
      await expect(found(name, 'environments_mixed')).resolves.toBe(undefined);
    },
  );
});
