import type { RecordedSeries } from '../__testUtils__/openMetrics';
import { describeWith, SERVERS } from '../__testUtils__/recordedServers';
import {
  lastDayOf,
  type RecordedSource,
  startRecordedSource,
} from './__testUtils__/recordedSource';
import { LAST_DAY, perHour } from './__testUtils__/trapRecording';

const counter = (
  metric: string,
  labels: Record<string, string>,
  rate: number,
): RecordedSeries => ({
  metric,
  labels: { instance: 'a:8080', ...labels },
  samples: perHour(rate),
});

/** Requests an hour by what a server writes about their outcome. */
const http = (
  job: string,
  rates: [labels: Record<string, string>, rate: number][],
) =>
  rates.map(([labels, rate]) =>
    counter(
      'http_server_request_duration_seconds_count',
      { job, http_route: '/', ...labels },
      rate,
    ),
  );
const code = (value: string) => ({ http_response_status_code: value });

const mesh = (
  name: string,
  rates: [labels: Record<string, string>, rate: number][],
) =>
  rates.map(([labels, rate]) =>
    counter(
      'istio_requests_total',
      {
        job: 'istio',
        reporter: 'destination',
        source_canonical_service: 'web',
        destination_canonical_service: name,
        ...labels,
      },
      rate,
    ),
  );
const answered = (response_code: string, response_flags = '-') => ({
  response_code,
  response_flags,
});

const spans = (
  service: string,
  rates: [status: Record<string, string>, rate: number][],
) =>
  rates.map(([labels, rate]) =>
    counter(
      'traces_spanmetrics_calls_total',
      { job: 'tempo', service, span_kind: 'SPAN_KIND_SERVER', ...labels },
      rate,
    ),
  );
const status = (value: string) => ({ status_code: `STATUS_CODE_${value}` });

const OUTCOMES: RecordedSeries[] = [
  ...http('shop/classes', [
    [code('2xx'), 90],
    [code('4XX'), 5],
    [code('5xx'), 3],
    [code('5XX'), 2],
  ]),
  ...http('shop/gave-up', [
    [code('200'), 97],
    [code('500'), 1],
    [code('0'), 2],
  ]),
  ...http('shop/worded', [
    [code('ok'), 50],
    [code('error'), 10],
    [code('203.0.113.7:52044/jane@example.org'), 30],
    [{}, 10],
  ]),
  ...http('shop/overflowing', [
    [code('200'), 49],
    [code('503'), 1],
    [{ otel_metric_overflow: 'true' }, 50],
  ]),
  ...http('shop/timing-out', [
    [code('200'), 90],
    [{ error_type: 'timeout' }, 10],
  ]),
  ...http('shop/coded', [
    [code('200'), 90],
    [code('404'), 9],
    [code('500'), 1],
  ]),

  ...mesh('left-alone', [
    [answered('200'), 96],
    [answered('0', 'DC'), 4],
  ]),
  ...mesh('cut-off', [
    [answered('200'), 95],
    [answered('503', 'UH'), 2],
    [answered('0', 'UF,URX'), 2],
    [answered('0', 'DC,UC'), 1],
  ]),
  ...mesh('grpc', [
    [{ ...answered('200'), grpc_response_status: '0' }, 90],
    [{ ...answered('200'), grpc_response_status: '5' }, 7],
    [{ ...answered('200'), grpc_response_status: '14' }, 3],
  ]),
  ...mesh('classed', [
    [answered('2xx'), 99],
    [answered('5xx'), 1],
  ]),

  ...spans('unset', [
    [status('UNSET'), 90],
    [status('OK'), 9],
    [status('ERROR'), 1],
  ]),
  ...spans('no-status', [
    [status('UNSET'), 30],
    [{}, 70],
  ]),
  counter(
    'traces_spanmetrics_calls_total',
    { job: 'tempo', metric_overflow: 'true' },
    200,
  ),
];

describeWith(SERVERS, 'trap 13: outcomes that no rule knows in %s', kind => {
  let recorded: RecordedSource;

  beforeAll(async () => {
    recorded = await startRecordedSource(OUTCOMES, kind);
  }, 60_000);

  afterAll(() => recorded?.stop());

  const perDay = async (...names: string[]) => {
    const { total, bad, unknown } = await lastDayOf(recorded.source, ...names);
    return [total, bad, unknown].map(count => count / 24);
  };
  const findingOf = async (name: string, wanted: string) => {
    const { findings } = await lastDayOf(recorded.source, name);
    return findings.find(({ code: found }) => found === wanted);
  };

  it.each<[string, number[]]>([
    ['classes', [100, 5, 0]],
    ['classed', [100, 1, 0]],
    ['coded', [100, 1, 0]],
    ['timing-out', [100, 10, 0]],
    ['grpc', [100, 3, 0]],
    ['cut-off', [100, 5, 0]],
    ['unset', [100, 1, 0]],
  ])('green: %s can be read', async (name, counts) => {
    await expect(perDay(name)).resolves.toEqual(counts);
    await expect(
      findingOf(name, 'unreadable_outcomes'),
    ).resolves.toBeUndefined();
  });

  it.each<[string, number[], string]>([
    ['gave-up', [98, 1, 2], '2 % of the requests of the last day (48)'],
    ['worded', [NaN, NaN, 100], '100 % of the requests of the last day'],
    ['left-alone', [96, 0, 4], '4 % of the requests of the last day (96)'],
    ['no-status', [30, 0, 70], '70 % of the requests of the last day (1,680)'],
  ])(
    'red: %s counts as neither good nor failed',
    async (name, counts, words) => {
      await expect(perDay(name)).resolves.toEqual(counts);
      await expect(
        findingOf(name, 'unreadable_outcomes'),
      ).resolves.toMatchObject({
        severity: 'warning',
        message: expect.stringContaining(words),
      });
    },
  );

  it.each([
    ['gave-up', ': http_response_status_code="0".'],
    ['left-alone', ': response_flags="DC" with response_code="0".'],
    ['no-status', ': no label status_code.'],
    [
      'worded',
      ': http_response_status_code="ok", another value of http_response_status_code, ',
    ],
  ])('red: what %s writes instead is named', async (name, words) => {
    const finding = await findingOf(name, 'unreadable_outcomes');
    expect(finding?.message).toContain(words);
    expect(finding?.message).not.toContain('jane');
  });

  it('red: an overflow series has lost its outcomes', async () => {
    await expect(perDay('overflowing')).resolves.toEqual([50, 1, 50]);
    const { codes, findings } = await lastDayOf(recorded.source, 'overflowing');
    expect(codes).toEqual(['lost_labels']);
    expect(findings[0]).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining(
        '50 % of the requests of the last day (1,200) have lost their labels',
      ),
    });
  });

  it('red: an overflow series without a service may hold requests of any', async () => {
    const finding = await findingOf('unset', 'lost_labels');
    expect(finding?.message).toMatch(
      /^50 % of everything that traces_spanmetrics_calls_total counted/,
    );
    await expect(findingOf('coded', 'lost_labels')).resolves.toBeUndefined();
  });
});

const graph = (
  client: string,
  server: string,
  rate: number,
  { what = 'request', failed }: { what?: string; failed?: string } = {},
) =>
  counter(
    `traces_service_graph_${what}_total`,
    {
      job: 'tempo',
      client,
      server,
      connection_type: '',
      ...(failed && { failed }),
    },
    rate,
  );

describeWith(SERVERS, 'trap 13: a service graph in %s', kind => {
  let recorded: RecordedSource;
  afterEach(() => recorded.stop());

  it('red: without any failure in the datasource shows no success', async () => {
    recorded = await startRecordedSource(
      [graph('web', 'cart', 60), graph('web', 'orders', 60)],
      kind,
    );
    const { counts, unknown, codes } = await lastDayOf(recorded.source, 'cart');
    expect(counts?.total.every(Number.isNaN)).toBe(true);
    expect(unknown).toBe(1_440);
    expect(codes).toContain('unreadable_outcomes');
    const { dependencies } = await recorded.source.fetchDependencies(LAST_DAY);
    expect(dependencies).toMatchObject([{ calls: 1_440 }, { calls: 1_440 }]);
  });

  it('green: with a failure of another service, and one that was long ago', async () => {
    const { samples, ...failures } = graph('web', 'orders', 1, {
      what: 'request_failed',
    });
    recorded = await startRecordedSource(
      [graph('web', 'cart', 60), { ...failures, samples: samples.slice(0, 6) }],
      kind,
    );
    const { total, bad, unknown } = await lastDayOf(recorded.source, 'cart');
    expect([total, bad, unknown]).toEqual([1_440, 0, 0]);
  });

  it('green: with a label of failures, but for callers without it', async () => {
    recorded = await startRecordedSource(
      [
        graph('web', 'cart', 59, { failed: 'false' }),
        graph('web', 'cart', 1, { failed: 'true' }),
        graph('old-web', 'cart', 40),
      ],
      kind,
    );
    const { total, bad, unknown } = await lastDayOf(recorded.source, 'cart');
    expect([total, bad, unknown]).toEqual([24 * 60, 24, 24 * 40]);
  });
});
