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

const http = (
  job: string,
  rate: number,
  labels: Record<string, string>,
  metric = 'http_server_request_duration_seconds_count',
): RecordedSeries => ({
  metric,
  labels: {
    job,
    instance: `${job}:8080`,
    http_response_status_code: '200',
    ...labels,
  },
  samples: perHour(rate),
});
const FAILED = { http_response_status_code: '500' };

const call = (
  labels: Record<string, string>,
  rate: number,
  metric = 'traces_service_graph_request_total',
): RecordedSeries => ({
  metric,
  labels: {
    job: 'tempo',
    instance: 'tempo-0',
    client: 'shop',
    server: 'called',
    ...labels,
  },
  samples: perHour(rate),
});

/** What another scraper reads of the same counters, a minute later. */
const read = (
  labels: Record<string, string>,
  series: RecordedSeries[],
): RecordedSeries[] =>
  series.map(one => ({
    ...one,
    labels: { ...one.labels, ...labels },
    samples: one.samples.map(([time, value]) => [time + 60_000, value + 1]),
  }));

const since = (hours: number, series: RecordedSeries[]): RecordedSeries[] =>
  series.map(one => ({
    ...one,
    samples: one.samples.filter(
      ([time]) => time > LAST_DAY.to.getTime() - hours * HOUR_MS,
    ),
  }));

const until = (hours: number, series: RecordedSeries[]): RecordedSeries[] =>
  series.map(one => ({
    ...one,
    samples: one.samples.filter(
      ([time]) => time < LAST_DAY.to.getTime() - hours * HOUR_MS,
    ),
  }));

const without = (
  [from, to]: [number, number],
  series: RecordedSeries[],
): RecordedSeries[] =>
  series.map(one => ({
    ...one,
    samples: one.samples.filter(([time]) => {
      const hour = (time - LAST_DAY.from.getTime()) / HOUR_MS;
      return hour < from || hour > to;
    }),
  }));

/** The series of a service, as a pair of scrapers reads them. */
const pair = (label: string, series: RecordedSeries[]): RecordedSeries[] => [
  ...read({ [label]: 'a' }, series),
  ...read({ [label]: 'b' }, series),
];

const service = (job: string) => [http(job, 980, {}), http(job, 20, FAILED)];
const buckets = (job: string) =>
  ['0.1', '+Inf'].map(le =>
    http(
      job,
      le === '0.1' ? 900 : 980,
      { le },
      'http_server_request_duration_seconds_bucket',
    ),
  );

const RECORDING: RecordedSeries[] = [
  ...pair('prometheus_replica', [...service('pair'), ...buckets('pair')]),
  ...read({ prometheus_replica: 'a' }, service('late')),
  ...since(10, read({ prometheus_replica: 'b' }, service('late'))),
  ...without([5, 9], read({ prometheus_replica: 'a' }, service('holes'))),
  ...without([15, 20], read({ prometheus_replica: 'b' }, service('holes'))),
  ...pair('thanos_replica', [
    call({}, 100),
    call({}, 10, 'traces_service_graph_request_failed_total'),
  ]),
  ...pair('replica', service('by-replica')),
  ...pair('monitor', service('by-monitor')),
  ...read({ scraped_by: 'east' }, service('by-three')),
  ...read({ scraped_by: 'north' }, service('by-three')),
  ...read({ scraped_by: 'west' }, service('by-three')),
  ...read({ replica: 'a' }, service('widowed')),
  ...until(10, read({ replica: 'b' }, service('widowed'))),
  http('shards', 900, { replica: 'first' }),
  http('shards', 300, { replica: 'second' }),
  ...read({ replica: 'only' }, service('alone')),
];

describeWith(SERVERS, 'trap 17: targets that several scrape in %s', kind => {
  let recorded: RecordedSource;
  beforeAll(async () => {
    recorded = await startRecordedSource(RECORDING, kind);
  });
  afterAll(() => recorded?.stop());

  it.each(['pair', 'late', 'holes'])(
    'counts the requests of %s once',
    async name => {
      const { total, bad, codes } = await lastDayOf(recorded.source, name);
      expect(total).toBe(24 * 1_000);
      expect(bad).toBe(24 * 20);
      expect(codes).not.toContain('replicas_counted');
    },
  );

  it('counts calls once, for services and edges', async () => {
    await expect(lastDayOf(recorded.source, 'called')).resolves.toMatchObject({
      total: 24 * 100,
      bad: 24 * 10,
    });
    const { dependencies } = await recorded.source.fetchDependencies(LAST_DAY);
    expect(dependencies).toEqual([
      expect.objectContaining({ calls: 24 * 100, failedCalls: 24 * 10 }),
    ]);
  });

  it('takes latencies once', async () => {
    const answer = await recorded.source.fetchHourlyLatencies?.(
      [{ entityRef: 'component:default/a', telemetryNames: ['pair'] }],
      LAST_DAY,
    );
    const { counts = [] } = answer?.latencies.get('component:default/a') ?? {};
    expect(counts.map(bucket => bucket[0])).toEqual([900, 80]);
  });

  it.each([
    ['by-replica', 'replica', 2],
    ['by-monitor', 'monitor', 2],
    ['by-three', 'scraped_by', 3],
  ])(
    'red: requests of %s are said to be counted several times',
    async (name, label, times) => {
      const { total, findings } = await lastDayOf(recorded.source, name);
      expect(total).toBe(24 * 1_000 * times);
      const finding = findings.find(({ code }) => code === 'replicas_counted');
      expect(finding).toMatchObject({
        severity: 'warning',
        message: expect.stringMatching(
          `^Series of this service are there ${times} times, .* in the label ${label}: `,
        ),
      });
      const [, line] =
        /matchers: '(.*)'\n$/.exec(finding?.snippet?.text ?? '') ?? [];
      const { counts, findings: left } =
        await recorded.source.fetchHourlyCounts(
          [
            {
              entityRef: 'component:default/a',
              telemetryNames: [name],
              matchers: parseLabelMatchers(line),
            },
          ],
          LAST_DAY,
        );
      expect(counts.get('component:default/a')?.total[0]).toBe(1_000);
      expect(left.get('component:default/a') ?? []).toEqual([]);
    },
  );

  it('red: so are those of a pair of which one is gone', async () => {
    const { codes } = await lastDayOf(recorded.source, 'widowed');
    expect(codes).toContain('replicas_counted');
  });

  it.each(['shards', 'alone', 'pair'])(
    'green: nothing is said of %s',
    async name => {
      const { codes } = await lastDayOf(recorded.source, name);
      expect(codes).not.toContain('replicas_counted');
    },
  );
});
