import type {
  ObservedDependency,
  TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import { describeWith, SERVERS } from '../__testUtils__/recordedServers';
import {
  lastDayOf,
  type RecordedSource,
  startRecordedSource,
} from './__testUtils__/recordedSource';
import { LAST_DAY } from './__testUtils__/trapRecording';

describeWith(SERVERS, 'with telemetry in a real %s', kind => {
  let recorded: RecordedSource;
  let source: TelemetrySource;
  let dependencies: ObservedDependency[];

  beforeAll(async () => {
    recorded = await startRecordedSource(undefined, kind);
    source = recorded.source;
    ({ dependencies } = await source.fetchDependencies(LAST_DAY));
  }, 60_000);

  afterAll(() => recorded?.stop());

  const edgeTo = (server: string) =>
    dependencies.find(dependency => dependency.server === server);

  describe('trap 1: 4xx is no failure of the service', () => {
    it('red: a service graph counts mistakes of callers, and says so', async () => {
      const { total, bad, counts, findings } = await lastDayOf(
        source,
        'graph-only',
      );
      expect([total, bad]).toEqual([2_400, 480]);
      expect(counts?.failureDefinition).toContain('client mistakes');
      expect(findings[0]).toMatchObject({
        code: 'client_mistakes_counted',
        severity: 'warning',
        fix: expect.stringContaining('status code'),
        snippet: { language: 'yaml' },
      });
    });

    it.each(['coded', 'coded-spans'])(
      'green: %s tells 4xx from 5xx by code',
      async name => {
        const { total, bad, counts, codes } = await lastDayOf(source, name);
        expect([total, bad]).toEqual([2_400, 24]);
        expect(counts?.failureDefinition).toContain('5xx');
        expect(codes).toEqual([]);
      },
    );
  });

  it('failures without a status code are those that have a type of error', async () => {
    const { total, bad, counts } = await lastDayOf(source, 'timing-out');
    expect([total, bad]).toEqual([2_400, 240]);
    expect(counts?.failureDefinition).toContain('timeout');
  });

  it('failures told by a label for one caller and by a counter for another add up', async () => {
    await expect(lastDayOf(source, 'told-both-ways')).resolves.toMatchObject({
      total: 24 * 600,
      bad: 24 * 42,
    });
    expect(
      dependencies
        .filter(({ server }) => server === 'told-both-ways')
        .map(({ client, failedCalls }) => [client, failedCalls])
        .sort(),
    ).toEqual([
      ['shop', 24 * 30],
      ['web', 24 * 12],
    ]);
  });

  describe('names that several namespaces have in a mesh', () => {
    it('are not added up, nor guessed', async () => {
      const { counts, findings } = await lastDayOf(source, 'ledger');
      expect(counts).toBeUndefined();
      expect(findings).toMatchObject([
        {
          code: 'ambiguous_name',
          message: expect.stringContaining("'other/ledger', 'shop/ledger'"),
        },
      ]);
    });

    it.each([
      ['shop/ledger', 738],
      ['other/ledger', 1_476],
      ['shipping', 100],
      ['shop/shipping', 100],
    ])('are found as %s', async (name, perHour) => {
      await expect(lastDayOf(source, name)).resolves.toMatchObject({
        total: 24 * perHour,
        counts: { evidence: 'istio' },
        codes: [],
      });
    });
  });

  it('calls that only a waypoint of an ambient mesh saw are dependencies', async () => {
    const answer = await recorded
      .configured({ dialect: 'istio' })
      .fetchDependencies(LAST_DAY);
    expect(
      answer.dependencies.find(({ server }) => server === 'shipping'),
    ).toMatchObject({ client: 'web', calls: 2_400, failedCalls: 0 });
  });

  describe('evidence that covers a part of the time', () => {
    it.each([
      ['traced-since-yesterday', 'otel-collector-span-metrics'],
      ['no-longer-traced', 'otel-http-metrics'],
    ])('is filled up for %s', async (name, evidence) => {
      const { counts, findings } = await lastDayOf(source, name);
      expect([...(counts?.total ?? [])]).toEqual(Array(24).fill(60));
      expect(counts).toMatchObject({ evidence });
      expect(findings).toMatchObject([
        {
          code: 'mixed_evidence',
          message: expect.stringMatching(
            /^otel-collector-span-metrics .* counted by otel-http-metrics/,
          ),
        },
      ]);
    });

    it.each([
      ['newly-traced', 2_400],
      ['consuming', 24 * 672],
    ])(
      'gives way to metrics of the HTTP server where those of %s count more',
      async (name, total) => {
        const { codes, ...all } = await lastDayOf(source, name);
        expect(all).toMatchObject({
          total,
          counts: { evidence: 'otel-http-metrics' },
        });
        expect(codes).toEqual(['spans_not_used']);
      },
    );
  });

  describe('trap 2: virtual nodes have one side only', () => {
    it.each([
      ['payment-provider', 'client', 0.4, 0.8],
      ['orders-db', 'client', 0.1, 0.2],
      ['web', 'server', 0.2, 0.4],
    ])(
      'red: the 0 s of the missing side of %s are left out',
      (server, side, fromSeconds, toSeconds) => {
        expect(edgeTo(server)?.latency).toMatchObject({
          side,
          p50: { fromSeconds, toSeconds },
          p99: { fromSeconds, toSeconds },
        });
      },
    );

    it('red: user is an entry and no service', () => {
      expect(edgeTo('web')).toMatchObject({
        client: 'user',
        connectionType: 'virtual',
      });
    });

    it('green: between services the server is believed', () => {
      expect(edgeTo('fast')?.latency?.side).toBe('server');
    });
  });

  describe('trap 3: attempts are not calls', () => {
    it('red: a service graph has one span for each attempt', async () => {
      const { codes } = await lastDayOf(source, 'graph-only');
      expect(codes).toContain('attempts_counted');
    });

    it('green: the service itself sees requests', async () => {
      const { codes } = await lastDayOf(source, 'unsampled');
      expect(codes).not.toContain('attempts_counted');
    });
  });

  describe('trap 4: below the lowest bucket is interpolation', () => {
    it('red: the interval is told, not a figure', async () => {
      expect(edgeTo('fast')?.latency).toMatchObject({
        p50: { fromSeconds: 0, toSeconds: 0.1 },
        p99: { fromSeconds: 0, toSeconds: 0.1 },
      });
      const { findings } = await lastDayOf(source, 'fast');
      expect(
        findings.find(({ code }) => code === 'bucket_floor'),
      ).toMatchObject({
        severity: 'info',
        message: expect.stringContaining('100 ms'),
        snippet: { text: expect.stringContaining('histogram_buckets') },
      });
    });

    it('green: above it nothing is said', async () => {
      const { codes } = await lastDayOf(source, 'slow');
      expect(codes).not.toContain('bucket_floor');
    });
  });

  describe('trap 5: error-biased sampling', () => {
    const spansFirst = () =>
      recorded.configured({
        dialect: ['otel-collector-span-metrics', 'otel-http-metrics'],
      });

    it('green: metrics of the HTTP server are used where they are there', async () => {
      const { total, bad, codes } = await lastDayOf(source, 'biased');
      expect([total, bad]).toEqual([240_000, 480]);
      expect(codes).toEqual(['spans_not_used']);
    });

    it('red: counts that metrics contradict wildly are refused', async () => {
      const { findings } = await lastDayOf(spansFirst(), 'biased');
      expect(findings).toMatchObject([
        {
          code: 'sampling_bias',
          severity: 'error',
          message: expect.stringMatching(/1 % of the requests.*20 %.*0\.2 %/),
          snippet: { text: expect.stringContaining('tail_sampling') },
        },
      ]);
    });

    it('red: spans that are sampled evenly make budgets too small', async () => {
      const { findings } = await lastDayOf(spansFirst(), 'sampled-evenly');
      expect(findings).toMatchObject([
        { code: 'sampled_spans', severity: 'warning' },
      ]);
    });

    it('red: metrics that count the same requests and other failures are told', async () => {
      const { findings } = await lastDayOf(source, 'differently-defined');
      expect(findings).toMatchObject([
        { code: 'failure_definitions_differ', severity: 'warning' },
      ]);
    });

    it('green: metrics that agree are not mentioned', async () => {
      const { codes } = await lastDayOf(source, 'unsampled');
      expect(codes).toEqual([]);
    });

    it('green: an operator can choose the metrics that are not sampled', async () => {
      const { total, bad, counts, codes } = await lastDayOf(
        recorded.configured({ dialect: 'otel-http-metrics' }),
        'biased',
      );
      expect([total, bad]).toEqual([240_000, 480]);
      expect(counts?.evidence).toBe('otel-http-metrics');
      expect(codes).toEqual([]);
    });
  });

  describe('trap 6: asynchronous edges are no hard dependencies', () => {
    it('red: a queue is asynchronous', () => {
      expect(edgeTo('queue-worker')?.connectionType).toBe('messaging');
    });

    it('green: a request is synchronous', () => {
      expect(edgeTo('slow')?.connectionType).toBe('request');
    });
  });

  describe('trap 7: le="1" is le="1.0"', () => {
    const expected = {
      side: 'server',
      p50: { fromSeconds: 0.1, toSeconds: 0.2 },
      p95: { fromSeconds: 0.8, toSeconds: 1 },
      p99: { fromSeconds: 1, toSeconds: 2 },
    };

    it('red: both spellings at once are one bucket', () => {
      expect(edgeTo('mixed')?.latency).toEqual(expected);
    });

    it('green: one spelling gives the same', () => {
      expect(edgeTo('slow')?.latency).toEqual(expected);
    });
  });

  describe('trap 8: coverage', () => {
    it('red: unpaired spans of more than 5 % are told', async () => {
      const { findings } = await lastDayOf(source, 'half-seen');
      expect(
        findings.find(({ code }) => code === 'low_coverage'),
      ).toMatchObject({
        severity: 'warning',
        message: expect.stringContaining('90 %'),
        snippet: { text: expect.stringContaining('wait') },
      });
    });

    it('green: 1 % is let pass', async () => {
      const { codes } = await lastDayOf(source, 'well-seen');
      expect(codes).not.toContain('low_coverage');
    });
  });

  describe('trap 9: vanishing errors', () => {
    it('red: first values of bursts are counted, and that they were there is told', async () => {
      const { bad, findings } = await lastDayOf(source, 'bursting');
      expect(bad).toBe(13);
      expect(findings).toMatchObject([
        {
          code: 'first_failures_recovered',
          severity: 'info',
          snippet: { text: expect.stringContaining('metrics_expiration') },
        },
      ]);
    });

    it('green: a series that is there all the time needs nothing', async () => {
      const { bad, codes } = await lastDayOf(source, 'steadily-failing');
      expect(bad).toBe(24);
      expect(codes).toEqual([]);
    });
  });

  describe('trap 11: one backend under several names', () => {
    it('red: a name of two namespaces is not guessed', async () => {
      const { counts, findings } = await lastDayOf(source, 'mailer');
      expect(counts).toBeUndefined();
      expect(findings).toMatchObject([
        {
          code: 'ambiguous_name',
          message: expect.stringContaining("'office/mailer', 'shop/mailer'"),
          snippet: { text: expect.stringContaining('"office/mailer"') },
        },
      ]);
    });

    it('red: names that are written differently are other services', async () => {
      const { counts } = await lastDayOf(source, 'search');
      expect(counts).toBeUndefined();
    });

    it('green: a name of one namespace, and one with its namespace, are found', async () => {
      await expect(lastDayOf(source, 'basket')).resolves.toMatchObject({
        total: 2_400,
      });
      await expect(lastDayOf(source, 'office/mailer')).resolves.toMatchObject({
        total: 2_400,
        codes: [],
      });
    });

    it('green: names that are annotated are added up', async () => {
      await expect(
        lastDayOf(source, 'Search', 'search-v2'),
      ).resolves.toMatchObject({ total: 24 * 30 });
    });
  });

  describe('what templates of an operator count', () => {
    it('comes before all other evidence', async () => {
      const templated = recorded.configured({
        templates: {
          serviceLabel: 'job',
          requests:
            'sum by (job) (increase(http_server_request_duration_seconds_count{job=~$services}[$range]))',
          failures:
            'sum by (job) (increase(http_server_request_duration_seconds_count{job=~$services,http_response_status_code=~"4.."}[$range]))',
        },
      });
      await expect(lastDayOf(templated, 'coded')).resolves.toMatchObject({
        total: 2_400,
        bad: 24 * 19,
        counts: { evidence: 'template' },
      });
    });
  });
});
