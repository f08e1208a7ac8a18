import { mockServices } from '@backstage/backend-test-utils';
import type { DatasourceStatus } from 'backstage-plugin-slo-recommender-common';
import type { CatalogSync } from '../catalog';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { aService } from '../__testUtils__/entities';
import { AnalysisStore } from './AnalysisStore';
import { EntityStore } from '../catalog';
import { ResultStore } from '../recommendations';
import { EventStore } from '../events';
import { ExclusionStore } from '../exclusions';
import { readFingerprints } from '../kernel/database/serviceRevisions';
import { AnalysisQueue } from './AnalysisQueue';
import { AnalysisSchedule } from './AnalysisSchedule';
import { inputsKey } from '../recommendations/inputsKey';
import { HOUR_MS } from '../kernel/time/hours';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const config = {
  objectiveWindowMs: 28 * 24 * HOUR_MS,
  lookbackMs: 90 * 24 * HOUR_MS,
  exclusions: { cap: 0.1 },
};

describe.each(databases.eachSupportedId())(
  'AnalysisSchedule on %s',
  databaseId => {
    async function create() {
      const database = await openTestDatabase(databases, databaseId);
      const analyses = new AnalysisStore(database);
      const results = new ResultStore(database);
      const entities = new EntityStore(database);
      const events = new EventStore(database);
      const exclusions = new ExclusionStore(database);
      const clock = { ms: Date.parse('2026-03-01T12:30:00Z') };
      const now = () => new Date(clock.ms);
      const names: string[] = [];
      const promises = new Map<string, number>();
      const service = (name: string) =>
        aService(name, { promisedObjective: promises.get(name) ?? null });
      const statuses: DatasourceStatus[] = [];
      const run = jest.fn(async () => {
        const services = names.map(service);
        await database.transaction(tx => entities.replaceAll(services, tx));
        return services;
      });
      const catalogSync: Pick<CatalogSync, 'run'> = { run };
      const queue = new AnalysisQueue({
        analyses,
        entities,
        now,
        wake: () => {},
      });
      const logger = mockServices.logger.mock();
      const forService = jest.fn(() => undefined);
      const sources = { forService, canRecover: () => true, changes: 0 };
      const schedule = new AnalysisSchedule({
        catalogSync,
        analyses,
        results,
        database,
        queue,
        logger,
        config,
        statuses: { list: async () => statuses },
        sources,
        now,
      });
      const publish = async () => {
        const active = await analyses.nextActive();
        if (!active) throw new Error('nothing was ordered');
        const fingerprints = await readFingerprints(database);
        await database.transaction(async tx => {
          await results.publish(
            active.id,
            names.map(name => ({
              entityRef: `component:default/${name}`,
              asOf: active.asOf,
              dataUntil: active.asOf,
              verdict: 'ok',
              achieved: 1,
              requests: 1,
              recommendedObjective: null,
              budgetRemaining: null,
              windowMs: 1,
              datasourceId: null,
              simulated: false,
              inputsKey: inputsKey(service(name), {
                ...config,
                datasourceId: null,
                fingerprint: fingerprints.get(`component:default/${name}`),
              }),
              recommendations: [],
            })),
            undefined,
            tx,
          );
          await analyses.complete(active.id, names.length, now(), tx);
        });
      };
      return {
        analyses,
        clock,
        database,
        events,
        exclusions,
        forService,
        logger,
        names,
        now,
        promises,
        publish,
        queue,
        run,
        schedule,
        sources,
        statuses,
      };
    }

    it('waits for the first service, then analyses as of the last hour', async () => {
      const { analyses, names, schedule } = await create();
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toBeUndefined();
      names.push('a');
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toMatchObject({
        trigger: 'schedule',
        asOf: '2026-03-01T12:00:00.000Z',
        entityRefs: null,
      });
    });

    it('orders one analysis for every hour that has ended', async () => {
      const { analyses, clock, names, publish, schedule } = await create();
      names.push('a');
      await schedule.tick();
      await schedule.tick();
      await publish();
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toBeUndefined();
      clock.ms += HOUR_MS;
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toMatchObject({
        asOf: '2026-03-01T13:00:00.000Z',
      });
    });

    it('orders what is due while analyses wait that callers asked for', async () => {
      const { analyses, clock, names, publish, queue, schedule } =
        await create();
      names.push('a');
      await schedule.tick();
      await publish();
      clock.ms += HOUR_MS;
      await queue.add({
        trigger: 'request',
        requestedBy: 'user:default/ada',
        asOf: new Date('2026-02-01T00:00:00Z'),
      });
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toMatchObject({
        trigger: 'schedule',
        asOf: '2026-03-01T13:00:00.000Z',
      });
    });

    it('is not kept from analysing by what a clock that ran ahead has left', async () => {
      const { analyses, clock, database, names, publish, schedule } =
        await create();
      names.push('a', 'b');
      await schedule.tick();
      await publish();
      const ahead = '2026-03-01T18:00:00.000Z';
      await database('analyses').update({ as_of: ahead, finished_at: ahead });
      await database('analysis_results').update({ as_of: ahead });
      await schedule.tick();
      const ordered = () => analyses.nextActive();
      await expect(ordered()).resolves.toMatchObject({
        trigger: 'schedule',
        asOf: '2026-03-01T12:00:00.000Z',
      });
      // published, but not before the other in the order of their ends
      await publish();
      for (let i = 0; i < 3; i++) {
        clock.ms += 5_000;
        await schedule.tick();
        await expect(ordered()).resolves.toBeUndefined();
      }
    });

    it('orders no analysis of changed services as of an instant that has not come', async () => {
      const { analyses, clock, database, names, now, publish, schedule } =
        await create();
      names.push('a');
      await schedule.tick();
      await publish();
      await database('analysis_results').update({
        as_of: '2026-03-01T18:00:00.000Z',
      });
      names.push('b');
      clock.ms += 180_000;
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toMatchObject({
        trigger: 'catalog',
        asOf: now().toISOString(),
      });
    });

    it('analyses a service that is new in the catalog as of what readers see', async () => {
      const { analyses, clock, names, publish, schedule } = await create();
      names.push('a');
      await schedule.tick();
      await publish();
      names.push('b');
      clock.ms += 180_000;
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toMatchObject({
        trigger: 'catalog',
        asOf: '2026-03-01T12:00:00.000Z',
        entityRefs: ['component:default/b'],
      });
    });

    it('analyses services again whose results it cannot read', async () => {
      const { analyses, clock, database, names, publish, schedule } =
        await create();
      names.push('a', 'b');
      await schedule.tick();
      await publish();
      await database('analysis_results')
        .where({ entity_ref: 'component:default/b' })
        .update({ version: 99 });
      clock.ms += 60_000;
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toMatchObject({
        trigger: 'catalog',
        entityRefs: ['component:default/b'],
      });
    });

    it('analyses the whole fleet if every result is out of date, as after an upgrade', async () => {
      const { analyses, clock, database, names, publish, schedule } =
        await create();
      names.push('a', 'b');
      await schedule.tick();
      await publish();
      await database('analysis_results').update({ version: 99 });
      clock.ms += 60_000;
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toMatchObject({
        trigger: 'catalog',
        entityRefs: null,
      });
    });

    it('analyses a service again when its annotations have changed', async () => {
      const { analyses, clock, names, promises, publish, schedule } =
        await create();
      names.push('a', 'b');
      await schedule.tick();
      await publish();
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toBeUndefined();
      promises.set('b', 0.999);
      clock.ms += 180_000;
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toMatchObject({
        trigger: 'catalog',
        entityRefs: ['component:default/b'],
      });
    });

    it('analyses a service again when something happened to it, and what happens meanwhile together', async () => {
      const { analyses, clock, events, names, publish, schedule } =
        await create();
      const deploy = (name: string, id: string) =>
        events.record(
          `component:default/${name}`,
          {
            id,
            type: 'deploy',
            at: null,
            title: 'Version 2',
            version: null,
            url: null,
            toldBy: 'external:ci',
          },
          new Date(clock.ms),
        );
      const ordered = async () => (await analyses.nextActive())?.entityRefs;
      names.push('a', 'b', 'c');
      await schedule.tick();
      await publish();
      await deploy('b', '1');
      await schedule.tick();
      await expect(ordered()).resolves.toEqual(['component:default/b']);
      await publish();
      await schedule.tick();
      await expect(ordered()).resolves.toBeUndefined();

      await deploy('b', '1');
      await deploy('b', '2');
      await deploy('c', '1');
      clock.ms += 55_000;
      await schedule.tick();
      await expect(ordered()).resolves.toBeUndefined();
      clock.ms += 10_000;
      await schedule.tick();
      await expect(ordered()).resolves.toEqual([
        'component:default/b',
        'component:default/c',
      ]);
    });

    it('analyses a service again when hours are excluded, and when they are taken back', async () => {
      const { analyses, clock, exclusions, names, publish, schedule } =
        await create();
      names.push('a', 'b');
      await schedule.tick();
      await publish();
      const at = new Date(clock.ms).toISOString();
      await exclusions.add(
        'component:default/a',
        {
          id: '1',
          from: at,
          to: at,
          reason: 'moved',
          owner: 'user:default/ada',
          createdAt: at,
        },
        () => {},
      );
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toMatchObject({
        trigger: 'catalog',
      });
      await publish();
      await exclusions.withdraw('component:default/a', '1', {
        by: 'user:default/ada',
        at,
      });
      clock.ms += 61_000;
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toMatchObject({
        entityRefs: ['component:default/a'],
      });
    });

    it('tries again while a datasource is in trouble, less often the longer it lasts', async () => {
      const { analyses, clock, names, publish, schedule, statuses } =
        await create();
      names.push('a');
      await schedule.tick();
      await publish();
      statuses.push({
        id: 'prometheus',
        type: 'prometheus',
        simulated: false,
        state: 'failing',
        message: 'refused',
        lastSuccessAt: new Date(clock.ms).toISOString(),
        lastAttemptAt: new Date(clock.ms).toISOString(),
      });
      clock.ms += 59_000;
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toBeUndefined();
      clock.ms += 2_000;
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toBeDefined();

      clock.ms += 10 * HOUR_MS;
      await publish();
      clock.ms += 899_000;
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toBeUndefined();
      clock.ms += 2_000;
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toBeDefined();
    });

    it('tries again at once, and once, when a datasource in trouble gets other credentials', async () => {
      const { analyses, clock, names, publish, schedule, sources, statuses } =
        await create();
      names.push('a');
      await schedule.tick();
      await publish();
      statuses.push({
        id: 'prometheus',
        type: 'prometheus',
        simulated: false,
        state: 'failing',
        message: 'HTTP 401',
        lastSuccessAt: new Date(clock.ms).toISOString(),
        lastAttemptAt: new Date(clock.ms).toISOString(),
      });
      clock.ms += 5_000;
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toBeUndefined();
      sources.changes = 1;
      await schedule.tick();
      await publish();
      clock.ms += 5_000;
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toBeUndefined();
    });

    it('tries again a while after a failure', async () => {
      const { analyses, clock, database, names, now, schedule } =
        await create();
      names.push('a');
      await schedule.tick();
      const failed = await analyses.nextActive();
      await analyses.fail(failed!.id, 'down', now(), database);
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toBeUndefined();
      clock.ms += 61_000;
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toMatchObject({
        trigger: 'schedule',
      });
    });

    it('reads the catalog often while it fills, and seldom once it is at rest', async () => {
      const { clock, names, run, schedule } = await create();
      names.push('a');
      for (let i = 0; i < 10; i++) await schedule.tick();
      expect(run).toHaveBeenCalledTimes(2);
      clock.ms += 121_000;
      await schedule.tick();
      expect(run).toHaveBeenCalledTimes(3);
    });

    it('compares no service again while nothing has changed', async () => {
      const { analyses, clock, events, forService, names, publish, schedule } =
        await create();
      names.push('a', 'b');
      await schedule.tick();
      await publish();
      await schedule.tick();
      expect(forService).toHaveBeenCalledTimes(2);
      for (let i = 0; i < 5; i++) {
        clock.ms += 5_000;
        await schedule.tick();
      }
      expect(forService).toHaveBeenCalledTimes(2);

      await events.record(
        'component:default/b',
        {
          id: '1',
          type: 'deploy',
          at: null,
          title: 'Version 2',
          version: null,
          url: null,
          toldBy: 'external:ci',
        },
        new Date(clock.ms),
      );
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toMatchObject({
        entityRefs: ['component:default/b'],
      });
    });

    it('lets other work run while it compares many services', async () => {
      const { forService, names, publish, schedule } = await create();
      names.push(...Array.from({ length: 640 }, (_, i) => `service-${i}`));
      await schedule.tick();
      await publish();
      let isOver = false;
      let passes = 0;
      const passesAt: number[] = [];
      forService.mockImplementation(() => {
        passesAt.push(passes);
        const until = performance.now() + 0.2;
        while (performance.now() < until);
        return undefined;
      });
      const countPasses = () => {
        passes++;
        if (!isOver) setImmediate(countPasses);
      };
      countPasses();
      await schedule.tick();
      isOver = true;
      expect(passesAt).toHaveLength(640);
      expect(passesAt[639] - passesAt[0]).toBeGreaterThan(5);
    });

    it('says which step failed', async () => {
      const { database, logger, names, run, schedule } = await create();
      names.push('a');
      run.mockRejectedValueOnce(new Error('catalog is starting'));
      await schedule.tick();
      expect(logger.warn).toHaveBeenLastCalledWith(
        'The catalog could not be read, it is tried again: Error: catalog is starting',
      );
      await database.schema.renameTable('analyses', 'analyses_elsewhere');
      await schedule.tick();
      expect(logger.warn).toHaveBeenLastCalledWith(
        expect.stringContaining('No analysis could be ordered, it is tried'),
      );
      expect(logger.warn).toHaveBeenCalledTimes(2);
    });

    it('goes on after the catalog could not be read', async () => {
      const { analyses, names, run, schedule } = await create();
      run.mockRejectedValueOnce(new Error('catalog is starting'));
      await schedule.tick();
      names.push('a');
      await schedule.tick();
      await expect(analyses.nextActive()).resolves.toBeDefined();
    });
  },
);
