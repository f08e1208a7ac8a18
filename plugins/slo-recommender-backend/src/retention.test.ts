import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  createTestDatabases,
  openTestDatabase,
} from './__testUtils__/databases';
import { DependencyStore, telemetryOrigin } from './dependencies';
import { EventStore } from './events';
import { createFeatures } from './features';
import { readSloRecommenderConfig } from './kernel/config/readSloRecommenderConfig';
import type { Task } from './kernel/Feature';
import { Metrics } from './kernel/metrics/Metrics';
import { DAY_MS, HOUR_MS } from './kernel/time/hours';
import { TelemetrySources } from './telemetry';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('Retention on %s', databaseId => {
  async function create() {
    const database = await openTestDatabase(databases, databaseId);
    const logger = mockServices.logger.mock();
    const clock = { ms: Date.parse('2026-03-01T12:30:00Z') };
    const config = readSloRecommenderConfig(new ConfigReader({}));
    const metrics = new Metrics();
    const { all } = createFeatures({
      auth: mockServices.auth(),
      catalog: catalogServiceMock(),
      config,
      database,
      logger,
      metrics,
      permissions: mockServices.permissions(),
      sources: new TelemetrySources({
        datasources: [],
        factories: [],
        logger,
        metrics,
      }),
      dependencySources: [],
      replicaId: 'test',
      now: () => new Date(clock.ms),
    });
    const tasks = all
      .flatMap((feature): Task[] => feature.tasks ?? [])
      .filter(({ id }) => id.startsWith('slo-recommender-retention-'));
    const events = new EventStore(database);
    return {
      clock,
      config,
      database,
      events,
      logger,
      dependencies: new DependencyStore(database),
      recordEvent: (at: string) =>
        events.record(
          'component:default/a',
          {
            id: '1',
            type: 'deploy',
            at,
            title: 'Version 2',
            version: null,
            url: null,
            toldBy: 'external:ci',
          },
          new Date(clock.ms),
        ),
      async deleteOld() {
        for (const { fn } of tasks) await fn(new AbortController().signal);
      },
    };
  }

  it('forgets events that are older than what recommendations look back on', async () => {
    const { clock, config, deleteOld, events, recordEvent } = await create();
    await recordEvent(new Date(clock.ms).toISOString());
    clock.ms += config.historyRetentionMs + config.lookbackMs - HOUR_MS;
    await deleteOld();
    const list = () => events.list('component:default/a', 10);
    await expect(list()).resolves.toHaveLength(1);
    clock.ms += 2 * HOUR_MS;
    await deleteOld();
    await expect(list()).resolves.toEqual([]);
  });

  it('forgets calls that were seen last before the retention', async () => {
    const { clock, config, database, deleteOld, dependencies } = await create();
    const at = new Date(clock.ms).toISOString();
    await database.transaction(tx =>
      dependencies.applyReport(
        {
          origin: telemetryOrigin('prometheus'),
          claim: 'observed',
          reportedAt: new Date(clock.ms),
          nodes: [],
          edges: [
            {
              sourceName: 'a',
              targetName: 'b',
              kind: 'sync',
              strength: null,
              calls: 1,
              failedCalls: 0,
              seconds: 60,
              latency: null,
              attributes: {},
              firstSeenAt: at,
              lastSeenAt: at,
            },
          ],
          mode: 'merge',
        },
        tx,
      ),
    );
    clock.ms += config.historyRetentionMs - HOUR_MS;
    await deleteOld();
    await expect(dependencies.listEdges()).resolves.toHaveLength(1);
    clock.ms += 2 * HOUR_MS;
    await deleteOld();
    await expect(dependencies.listEdges()).resolves.toEqual([]);
  });

  it('deletes data past their retention a minute after it failed', async () => {
    const { clock, database, deleteOld, events, logger, recordEvent } =
      await create();
    await recordEvent('2020-01-01T00:00:00.000Z');
    await database.schema.renameTable('service_events', 'elsewhere');
    await deleteOld();
    expect(logger.warn.mock.calls).toEqual([
      [
        expect.stringContaining(
          'Data past their retention could not be deleted, it is tried again: events: ',
        ),
      ],
    ]);
    await database.schema.renameTable('elsewhere', 'service_events');
    clock.ms += 60_000;
    await deleteOld();
    await expect(events.list('component:default/a', 10)).resolves.toEqual([]);
  });

  it('deletes the data of other slices if those of one cannot be deleted', async () => {
    const { database, deleteOld, events, recordEvent } = await create();
    await recordEvent('2020-01-01T00:00:00.000Z');
    await database.schema.renameTable('hourly_history', 'elsewhere');
    await deleteOld();
    await expect(events.list('component:default/a', 10)).resolves.toEqual([]);
  });

  it('looks for old data once an hour', async () => {
    const { clock, deleteOld, events, recordEvent } = await create();
    await deleteOld();
    await recordEvent(new Date(clock.ms - 500 * DAY_MS).toISOString());
    clock.ms += 59 * 60_000;
    await deleteOld();
    await expect(events.list('component:default/a', 10)).resolves.toHaveLength(
      1,
    );
    clock.ms += 60_000;
    await deleteOld();
    await expect(events.list('component:default/a', 10)).resolves.toEqual([]);
  });
});
