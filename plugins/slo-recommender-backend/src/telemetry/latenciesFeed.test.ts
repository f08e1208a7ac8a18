import { mockServices } from '@backstage/backend-test-utils';
import {
  type DataQualityFinding,
  type HourlyLatenciesAnswer,
  type HourRange,
  type TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { aService } from '../__testUtils__/entities';
import { FakeTelemetrySource } from '../__testUtils__/FakeTelemetrySource';
import { DataQualityStore } from './DataQualityStore';
import { DatasourceStatusStore } from './DatasourceStatusStore';
import { FetchedCallsStore } from './FetchedCallsStore';
import { ConfigReader } from '@backstage/config';
import type { SyncProgress } from './FetchProgress';
import { AVAILABILITY_COUNTS } from './history/countsCodec';
import { LATENCY_HISTOGRAMS } from './history/histogramsCodec';
import { HourlyHistoryStore } from './history/HourlyHistoryStore';
import { TelemetrySources } from './TelemetrySources';
import { TelemetrySync } from './TelemetrySync';
import { HOUR_MS } from '../kernel/time/hours';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const TO = new Date('2026-03-10T12:00:00Z');
const until = (to: Date): HourRange => ({
  from: new Date(TO.getTime() - 12 * HOUR_MS),
  to,
});
const services = [aService('cart'), aService('order')];
const refs = services.map(({ entityRef }) => entityRef);

const aFinding = (code: string): DataQualityFinding => ({
  code,
  severity: 'info',
  message: code,
  fix: null,
  snippet: null,
  gain: null,
});

/** A source that measures latencies as a test decides. */
class TimingSource extends FakeTelemetrySource {
  readonly askedForLatencies: { services: string[]; hours: number }[] = [];
  latencyFailure: Error | undefined;
  latencyWarnings: string[] = [];
  boundsSeconds = Float64Array.of(0.1);
  perHour = [900, 100];

  async fetchHourlyLatencies(
    asked: TelemetryService[],
    range: HourRange,
  ): Promise<HourlyLatenciesAnswer> {
    if (this.latencyFailure) throw this.latencyFailure;
    const hours = (range.to.getTime() - range.from.getTime()) / HOUR_MS;
    this.askedForLatencies.push({
      services: asked.map(({ entityRef }) => entityRef),
      hours,
    });
    return {
      latencies: new Map([
        [
          refs[0],
          {
            boundsSeconds: this.boundsSeconds,
            counts: this.perHour.map(n => new Float64Array(hours).fill(n)),
            evidence: 'fake-histogram',
          },
        ],
      ]),
      warnings: this.latencyWarnings,
      findings: new Map([[refs[0], [aFinding('bucket_floor')]]]),
    };
  }
}

describe.each(databases.eachSupportedId())('latencies on %s', databaseId => {
  async function start(source: FakeTelemetrySource) {
    const knex = await openTestDatabase(databases, databaseId);
    const now = { value: new Date(TO.getTime() + HOUR_MS / 2) };
    const stores = {
      history: new HourlyHistoryStore(knex),
      dataQuality: new DataQualityStore(knex),
      statuses: new DatasourceStatusStore(knex),
    };
    const sync = new TelemetrySync({
      ...stores,
      sources: new TelemetrySources({
        datasources: [
          { id: 'main', type: 'fake', config: new ConfigReader({}) },
        ],
        factories: [{ type: 'fake', create: () => source }],
        logger: mockServices.logger.mock(),
      }),
      fetchedCalls: new FetchedCallsStore(knex),
      logger: mockServices.logger.mock(),
      now: () => now.value,
    });
    const progress: SyncProgress[] = [];
    const run = async (to = TO) => {
      const [outcome] = await sync.run(services, until(to), {
        signal: new AbortController().signal,
        onProgress: async state => {
          progress.push(state);
        },
      });
      return outcome;
    };
    return { ...stores, run, progress, now };
  }

  it('are stored beside the counts, and only missing hours are asked for', async () => {
    const source = new TimingSource();
    const { run, history, progress, now } = await start(source);
    const outcome = await run();
    expect(outcome).toMatchObject({
      failed: undefined,
      latenciesFailed: undefined,
    });
    const stored = await history.read(LATENCY_HISTOGRAMS, refs, until(TO));
    expect([...stored.keys()]).toEqual([refs[0]]);
    expect(stored.get(refs[0])).toEqual({
      series: {
        startMs: until(TO).from.getTime(),
        boundsSeconds: Float64Array.of(0.1),
        counts: [900, 100].map(n => new Float64Array(12).fill(n)),
      },
      evidence: 'fake-histogram',
    });
    expect(progress.map(({ phase, share }) => [phase, share])).toEqual([
      ["Fetching counts from 'main'", 0],
      ["Fetching counts from 'main'", 0.5],
      ["Fetching latencies from 'main'", 0.5],
      ["Fetching latencies from 'main'", 1],
    ]);

    now.value = new Date(now.value.getTime() + HOUR_MS);
    source.askedForLatencies.length = 0;
    await run(new Date(TO.getTime() + HOUR_MS));
    expect(source.askedForLatencies).toContainEqual({
      services: [refs[0]],
      hours: 1,
    });
  });

  it('that cannot be had leave the counts as they are', async () => {
    const source = new TimingSource();
    source.latencyFailure = new Error('too many buckets');
    const { run, history, statuses } = await start(source);
    const outcome = await run();
    expect(outcome.failed).toBeUndefined();
    expect(outcome.latenciesFailed).toEqual({
      entityRefs: new Set(refs),
      message: 'too many buckets',
    });
    const counts = await history.read(AVAILABILITY_COUNTS, refs, until(TO));
    expect(counts.get(refs[1])?.series.total[0]).toBe(1_000);
    await expect(
      history.coverage(LATENCY_HISTOGRAMS, refs, until(TO)),
    ).resolves.toEqual([]);
    await expect(statuses.list()).resolves.toEqual(
      new Map([['main', expect.objectContaining({ state: 'ok' })]]),
    );
  });

  it('that were answered in part are not stored', async () => {
    const source = new TimingSource();
    source.latencyWarnings = ['a store did not answer'];
    const { run, history } = await start(source);
    const outcome = await run();
    expect(outcome.latenciesFailed).toEqual({
      entityRefs: new Set(refs),
      message:
        "Datasource 'fake' answered only in part: a store did not answer",
    });
    await expect(
      history.read(LATENCY_HISTOGRAMS, refs, until(TO)),
    ).resolves.toEqual(new Map());
  });

  it.each([
    ['a boundary that is negative', [-1]],
    ['a boundary that is none', [NaN]],
    ['a boundary that has no end', [Infinity]],
    ['more boundaries than buckets', [0.1, 0.2]],
    ['boundaries that descend', [0.2, 0.1]],
  ])('with %s are not stored, and the reason is told', async (_, bounds) => {
    const source = new TimingSource();
    source.boundsSeconds = Float64Array.from(bounds);
    const { run, history, dataQuality } = await start(source);
    const outcome = await run();
    expect(outcome.latenciesFailed).toBeUndefined();
    await expect(
      history.read(LATENCY_HISTOGRAMS, refs, until(TO)),
    ).resolves.toEqual(new Map());
    const { findings } = (await dataQuality.read(refs)).get(refs[0]) ?? {};
    expect(findings?.map(({ code }) => code)).toEqual([
      'bucket_floor',
      'unusable_histogram',
    ]);
  });

  it('that cannot be are told of', async () => {
    const source = new TimingSource();
    source.perHour = [900, -1];
    const { run, history, dataQuality } = await start(source);
    await run();
    await expect(
      history.read(LATENCY_HISTOGRAMS, refs, until(TO)),
    ).resolves.toEqual(new Map());
    const { findings } = (await dataQuality.read(refs)).get(refs[0]) ?? {};
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'unusable_histogram',
        message: expect.stringContaining('its counts cannot be'),
      }),
    );
  });

  it('lose boundaries that nobody waits for', async () => {
    const source = new TimingSource();
    source.boundsSeconds = Float64Array.of(
      5e-324,
      0.1,
      9.2e18,
      Number.MAX_VALUE,
    );
    source.perHour = [1, 2, 3, 4, 5];
    const { run, history } = await start(source);
    await run();
    const { series } =
      (await history.read(LATENCY_HISTOGRAMS, refs, until(TO))).get(refs[0]) ??
      {};
    expect(series?.boundsSeconds).toEqual(Float64Array.of(0.1));
    expect(series?.counts.map(bucket => bucket[0])).toEqual([3, 12]);
  });

  it('are not asked for of a source that measures none, or that has just failed', async () => {
    const silent = await start(new FakeTelemetrySource());
    expect((await silent.run()).latenciesFailed).toBeUndefined();
    await expect(
      silent.history.coverage(LATENCY_HISTOGRAMS, refs, until(TO)),
    ).resolves.toEqual([]);

    const source = new TimingSource();
    source.failure = new Error('down');
    const { run } = await start(source);
    expect((await run()).failed?.message).toBe('down');
    expect(source.askedForLatencies).toEqual([]);
  });

  it('add to what was found of the counts, each finding once', async () => {
    const source = new TimingSource();
    source.findings = new Map([
      [refs[0], [aFinding('attempts_counted'), aFinding('bucket_floor')]],
    ]);
    const { run, dataQuality } = await start(source);
    await run();
    const found = (await dataQuality.read(refs)).get(refs[0]);
    expect(found?.failureDefinition).toContain('failed');
    expect(found?.findings.map(({ code }) => code)).toEqual([
      'attempts_counted',
      'bucket_floor',
    ]);
  });
});
