import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  HOUR_MS,
  type HourlyCounts,
  type TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import { prometheusTelemetrySourceFactory } from './PrometheusTelemetrySource';
import {
  describeWith,
  PROMETHEUS,
  type RecordedServer,
  SERVERS,
} from './__testUtils__/recordedServers';
import {
  at,
  everyMinute,
  none,
  RANGE,
  RECORDING,
  START,
  STRANGE_NAMES,
} from './__testUtils__/telemetryRecording';
import { PrometheusClient } from './client/PrometheusClient';
import { readPrometheusConfig } from './config';
import { call, sumBy, vector } from './promql/expressions';

describeWith(SERVERS, 'counts from a real %s', kind => {
  let recorded: RecordedServer;
  let source: TelemetrySource;
  let client: PrometheusClient;

  beforeAll(async () => {
    recorded = await kind.start(RECORDING);
    const config = new ConfigReader({ url: recorded.url });
    client = new PrometheusClient(readPrometheusConfig('recorded', config));
    source = prometheusTelemetrySourceFactory.create({
      id: 'recorded',
      config,
      logger: mockServices.logger.mock(),
    });
  }, 60_000);

  afterAll(() => recorded?.stop());

  async function countsOf(
    ...telemetryNames: string[]
  ): Promise<HourlyCounts | undefined> {
    const { counts, warnings } = await source.fetchHourlyCounts(
      [{ entityRef: 'component:default/asked', telemetryNames }],
      RANGE,
    );
    expect(warnings).toEqual([]);
    return counts.get('component:default/asked');
  }

  const numbers = (counts: HourlyCounts | undefined) => ({
    total: [...(counts?.total ?? [])],
    bad: [...(counts?.bad ?? [])],
  });

  it('counts what happened between full hours, and no failures where none have a series', async () => {
    await expect(countsOf('steady').then(numbers)).resolves.toEqual({
      total: everyMinute,
      bad: none,
    });
  });

  describe('series without an initial 0', () => {
    it('are what increase() alone misses', async () => {
      const { data } = await client.queryRange({
        expression: sumBy(
          [],
          call('increase', {
            type: 'range',
            rangeSeconds: 3600,
            vector: vector('traces_span_metrics_calls_total', [
              { label: 'service_name', operator: '=', value: 'burst' },
              {
                label: 'status_code',
                operator: '=',
                value: 'STATUS_CODE_ERROR',
              },
            ]),
          }),
        ),
        start: new Date(START + HOUR_MS),
        end: RANGE.to,
        stepSeconds: 3600,
        subject: 'a comparison',
      });
      const [series] = data;
      expect(
        series.values.map(([time, value]) => [
          new Date(time * 1000).toISOString().slice(11, 16),
          Math.round(Number(value)),
        ]),
      ).toEqual(
        kind === PROMETHEUS
          ? [
              ['12:00', 2],
              ['14:00', 0],
            ]
          : // VictoriaMetrics adds the first value of a series, and misses what one that comes back counted before
            [
              ['12:00', 5],
              ['14:00', 1],
              ['15:00', 1],
            ],
      );
    });

    it('count from 0 at their first sample, each time they come back', async () => {
      await expect(countsOf('burst').then(numbers)).resolves.toEqual({
        total: [60, 65, 60, 61, 62, 60],
        bad: [0, 5, 0, 1, 2, 0],
      });
    });
  });

  it('count from 0 where only other services show that their target was there', async () => {
    const { total } = numbers(await countsOf('rarely-called'));
    expect(total).toEqual([NaN, NaN, 4, 0, 0, 0]);
  });

  it('count from 0 although they were there shortly before the hour began', async () => {
    const { bad } = numbers(await countsOf('gone-around-noon'));
    expect(bad).toEqual([0, 1, 1, 0, 0, 0]);
  });

  it('do not count again after an outage of Prometheus', async () => {
    const { total, bad } = numbers(await countsOf('outage'));
    expect(total).toEqual([60, 50, NaN, expect.any(Number), 60, 60]);
    expect(total[3]).toBeGreaterThanOrEqual(40);
    expect(total[3]).toBeLessThanOrEqual(41);
    expect(bad).toEqual([0, 0, NaN, 0, 0, 0]);
  });

  it('do not count the past of a target that was added later, nor where data begin', async () => {
    const { total } = numbers(await countsOf('begins'));
    expect(total).toEqual([NaN, NaN, expect.any(Number), 60, 60, 60]);
    expect(total[2]).toBeGreaterThanOrEqual(30);
    expect(total[2]).toBeLessThanOrEqual(31);
  });

  it('go on through a counter reset', async () => {
    const { total } = numbers(await countsOf('restarts'));
    expect(total[2]).toBeGreaterThanOrEqual(58);
    expect(total[2]).toBeLessThanOrEqual(61);
    expect(total.toSpliced(2, 1)).toEqual([60, 60, 60, 60, 60]);
  });

  it.each(['scraped-every-5-minutes', 'scraped-every-15-minutes'])(
    'do not take a series %s for new',
    async name => {
      const { total } = numbers(await countsOf(name));
      expect(total).toHaveLength(6);
      expect(Math.min(...total)).toBeGreaterThanOrEqual(45);
      expect(Math.max(...total)).toBeLessThanOrEqual(75);
      expect(total.reduce((sum, value) => sum + value)).toBeGreaterThan(344);
    },
  );

  it('are right for recordings with one sample an hour', async () => {
    await expect(
      countsOf('recorded-by-the-hour').then(numbers),
    ).resolves.toEqual({ total: everyMinute, bad: none });
  });

  it('leave out what only clients saw', async () => {
    await expect(countsOf('client-only')).resolves.toBeUndefined();
  });

  it('add up the names of one service', async () => {
    await expect(
      countsOf('new-name', 'old-name', 'new-name', 'unheard-of', '').then(
        numbers,
      ),
    ).resolves.toEqual({
      total: everyMinute.map(count => 3 * count),
      bad: everyMinute,
    });
  });

  it.each(STRANGE_NAMES)('match %j literally', async name => {
    await expect(countsOf(name).then(numbers)).resolves.toEqual({
      total: everyMinute,
      bad: none,
    });
  });

  it.each([
    ['steady', 'otel-collector-span-metrics'],
    ['old-collector', 'otel-collector-span-metrics'],
    ['alloy', 'otel-collector-span-metrics'],
    ['traced-by-tempo', 'tempo-span-metrics'],
    ['graph-only', 'service-graph'],
  ])('take %s from %s', async (name, evidence) => {
    await expect(countsOf(name)).resolves.toMatchObject({ evidence });
  });

  it('count consumed messages, failed ones too', async () => {
    await expect(countsOf('traced-by-tempo').then(numbers)).resolves.toEqual({
      total: everyMinute,
      bad: everyMinute,
    });
  });

  describe('of the service graph', () => {
    it('add up all callers', async () => {
      await expect(countsOf('graph-only').then(numbers)).resolves.toEqual({
        total: everyMinute.map(count => 2 * count),
        bad: [0, 0, 4, 0, 0, 0],
      });
    });

    it('are unknown where there are failures but no total', async () => {
      await expect(countsOf('failures-without-total')).resolves.toBeUndefined();
    });

    it('take failures from the label of the total where it is all there is', async () => {
      await expect(countsOf('labelled').then(numbers)).resolves.toEqual({
        total: everyMinute.map(count => count + 10),
        bad: everyMinute.map(() => 10),
      });
    });

    it('count failures once where both the label and a counter tell them', async () => {
      await expect(countsOf('labelled-twice').then(numbers)).resolves.toEqual({
        total: everyMinute.map(count => 2 * count),
        bad: everyMinute,
      });
    });
  });

  it('answer for many services at once and leave out the unknown', async () => {
    const progress: number[] = [];
    const { counts } = await source.fetchHourlyCounts(
      ['steady', 'graph-only', 'unheard-of'].map(name => ({
        entityRef: `component:default/${name}`,
        telemetryNames: [name],
      })),
      RANGE,
      { onProgress: share => progress.push(share) },
    );
    expect([...counts.keys()].sort()).toEqual([
      'component:default/graph-only',
      'component:default/steady',
    ]);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
  });

  it('are empty for an empty range and for times without data', async () => {
    const services = [
      { entityRef: 'component:default/steady', telemetryNames: ['steady'] },
    ];
    const nothing = {
      counts: new Map(),
      findings: new Map(),
      warnings: [],
    };
    await expect(
      source.fetchHourlyCounts(services, { from: RANGE.from, to: RANGE.from }),
    ).resolves.toEqual(nothing);
    await expect(
      source.fetchHourlyCounts(services, {
        from: new Date('2021-01-01T00:00:00Z'),
        to: new Date('2021-03-15T00:00:00Z'),
      }),
    ).resolves.toEqual(nothing);
  });

  it('need full hours', async () => {
    await expect(
      source.fetchHourlyCounts([], {
        from: new Date(START + 1),
        to: RANGE.to,
      }),
    ).rejects.toThrow('full UTC hours');
  });

  describe('dependencies', () => {
    it('are summed over the range, with the hours they were seen in', async () => {
      const { dependencies, warnings } = await source.fetchDependencies(RANGE);
      expect(warnings).toEqual([]);
      const to = (server: string) =>
        dependencies.filter(dependency => dependency.server === server);
      const lastHour = new Date(at('15:00'));
      expect(to('graph-only')).toEqual(
        expect.arrayContaining([
          {
            client: 'web',
            server: 'graph-only',
            connectionType: 'request',
            calls: 360,
            failedCalls: 4,
            latency: null,
            firstSeenAt: RANGE.from,
            lastSeenAt: lastHour,
          },
          {
            client: 'user',
            server: 'graph-only',
            connectionType: 'virtual',
            calls: 360,
            failedCalls: 0,
            latency: null,
            firstSeenAt: RANGE.from,
            lastSeenAt: lastHour,
          },
        ]),
      );
      expect(to('labelled')).toMatchObject([{ calls: 420, failedCalls: 60 }]);
      expect(to('labelled-twice')).toMatchObject([
        { calls: 720, failedCalls: 360 },
      ]);
      expect(to('queue-worker')).toMatchObject([
        { connectionType: 'messaging' },
      ]);
      expect(to('orders-db')).toMatchObject([
        {
          connectionType: 'database',
          calls: 60,
          firstSeenAt: new Date(at('12:00')),
          lastSeenAt: new Date(at('12:00')),
        },
      ]);
      expect(to('failures-without-total')).toEqual([]);
    });

    it('are the same counts over many days, told by the day', async () => {
      const { dependencies } = await source.fetchDependencies({
        from: new Date('2023-11-03T05:00:00Z'),
        to: new Date('2023-11-18T00:00:00Z'),
      });
      expect(
        dependencies.filter(({ server }) => server === 'orders-db'),
      ).toEqual([
        {
          client: 'web',
          server: 'orders-db',
          connectionType: 'database',
          calls: 60,
          failedCalls: 0,
          latency: null,
          firstSeenAt: new Date('2023-11-14T00:00:00Z'),
          lastSeenAt: new Date('2023-11-14T23:00:00Z'),
        },
      ]);
      expect(
        dependencies.find(
          ({ client: name, server }) => name === 'web' && server === 'labelled',
        ),
      ).toMatchObject({ calls: 480 + 80, failedCalls: 80 });
    });

    it('are none where no service graph was recorded', async () => {
      await expect(
        source.fetchDependencies({
          from: new Date('2021-01-01T00:00:00Z'),
          to: new Date('2021-01-02T00:00:00Z'),
        }),
      ).resolves.toEqual({ dependencies: [], warnings: [] });
    });
  });
});
