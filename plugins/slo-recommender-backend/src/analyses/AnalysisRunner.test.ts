import type { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import {
  type AnalysisContext,
  AnalysisFailure,
  type AnalysisStep,
  AnalysisValue,
} from '../kernel/tasks/analysis';
import { LeaseStore } from '../kernel/tasks/LeaseStore';
import { AnalysisStore } from './AnalysisStore';
import { EntityStore } from '../catalog';
import { aService } from '../__testUtils__/entities';
import { AnalysisRunner } from './AnalysisRunner';
import { Metrics } from '../kernel/metrics/Metrics';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NOW = new Date('2026-03-01T12:30:00Z');
const now = () => NOW;

describe.each(databases.eachSupportedId())(
  'AnalysisRunner on %s',
  databaseId => {
    async function create(steps: AnalysisStep[], asOf = NOW) {
      const database = await openTestDatabase(databases, databaseId);
      const analyses = new AnalysisStore(database);
      const leases = new LeaseStore(database, {
        durationMs: 20_000,
        metrics: new Metrics(),
      });
      await analyses.enqueue({
        id: 'a',
        trigger: 'request',
        asOf,
        entityRefs: null,
        requestedAt: NOW,
      });
      await analyses.start('a', NOW);
      const lease = await leases.acquire('analysis', 'here');
      const analysis = await analyses.get('a');
      if (!lease || !analysis) throw new Error('nothing to run');
      const runner = new AnalysisRunner({
        database,
        analyses,
        leases,
        steps,
        now,
      });
      const controller = new AbortController();
      return {
        analyses,
        controller,
        database,
        leases,
        run: () => runner.run(analysis, lease, controller.signal),
      };
    }

    const writesService = (name: string): AnalysisStep => ({
      stage: 'publish',
      name,
      run: async (_, tx) => {
        await new EntityStore(tx).replaceAll([aService(name)], tx);
      },
    });

    it('runs the steps stage by stage, each with what those before it found', async () => {
      const ran: string[] = [];
      const count = new AnalysisValue<number>('the count');
      const noting = (
        name: string,
        stage: 'prepare' | 'fetch' | 'study' | 'conclude',
        work: (context: AnalysisContext) => void = () => {},
      ): AnalysisStep => ({
        stage,
        name,
        share: 1,
        run: async context => {
          ran.push(name);
          work(context);
        },
      });
      const { analyses, run } = await create([
        { stage: 'finish', name: 'z', run: async () => void ran.push('z') },
        {
          stage: 'publish',
          name: 'y',
          run: async context => {
            ran.push('y');
            context.services = count.get(context);
          },
        },
        noting('study', 'study', context =>
          count.set(context, count.get(context) + 1),
        ),
        noting('fetch 1', 'fetch', context => count.set(context, 6)),
        noting('fetch 2', 'fetch', context =>
          count.set(context, count.get(context) * 7),
        ),
        noting('prepare', 'prepare', context => {
          expect(() => count.get(context)).toThrow(
            'No step has found the count yet',
          );
        }),
      ]);
      await run();
      expect(ran).toEqual(['prepare', 'fetch 1', 'fetch 2', 'study', 'y', 'z']);
      await expect(analyses.get('a')).resolves.toMatchObject({
        status: 'completed',
        progress: 1,
        services: 43,
        finishedAt: NOW.toISOString(),
      });
    });

    it('sees nothing later than the present if the order came from a clock ahead', async () => {
      const seen: Date[] = [];
      const { database, run } = await create(
        [
          {
            stage: 'study',
            name: 'study',
            share: 1,
            run: async ({ asOf }) => void seen.push(asOf),
          },
        ],
        new Date(NOW.getTime() + 3 * 3_600_000),
      );
      await run();
      expect(seen).toEqual([NOW]);
      await expect(database('analyses').pluck('status')).resolves.toEqual([
        'completed',
      ]);
    });

    it('shows the progress by the shares of the steps', async () => {
      const shown: unknown[] = [];
      const note = async (db: Knex) => {
        const analysis = await new AnalysisStore(db).get('a');
        shown.push([analysis?.phase, analysis?.progress, analysis?.backfill]);
      };
      const backfill = {
        services: 2,
        servicesDone: 1,
        serviceHours: 48,
        serviceHoursDone: 24,
        secondsLeft: null,
      };
      const { database, run } = await create([
        {
          stage: 'fetch',
          name: 'Fetching',
          share: 14,
          async run(_, report) {
            await report(0.5, { phase: 'Fetching counts', backfill });
            await note(database);
            await report(1);
            await note(database);
          },
        },
        {
          stage: 'study',
          name: 'Studying',
          share: 5,
          async run(_, report) {
            await report(0.2);
            await note(database);
          },
        },
        { stage: 'publish', name: 'Noting', run: async () => {} },
      ]);
      await run();
      expect(shown).toEqual([
        ['Fetching counts', 0.35, backfill],
        ['Fetching', 0.7, null],
        ['Studying', 0.75, null],
      ]);
    });

    it('publishes everything or nothing', async () => {
      const finish = jest.fn();
      const { analyses, database, run } = await create([
        writesService('first'),
        {
          stage: 'publish',
          name: 'failing',
          run: async () => {
            throw new AnalysisFailure('no room');
          },
        },
        { stage: 'finish', name: 'last', run: finish },
      ]);
      await expect(run()).rejects.toThrow('no room');
      await expect(database('entities').pluck('entity_ref')).resolves.toEqual(
        [],
      );
      await expect(analyses.get('a')).resolves.toMatchObject({
        status: 'running',
        phase: 'Publishing',
      });
      expect(finish).not.toHaveBeenCalled();
    });

    it('publishes nothing once another replica has the lease', async () => {
      const { analyses, database, leases, run } = await create([
        {
          stage: 'conclude',
          name: 'taking long',
          share: 1,
          run: async () => {
            await database('leases').update({
              expires_at: '2026-03-01T00:00:00.000Z',
            });
            await leases.acquire('analysis', 'there');
          },
        },
        writesService('first'),
      ]);
      await expect(run()).rejects.toThrow();
      await expect(database('entities').pluck('entity_ref')).resolves.toEqual(
        [],
      );
      await expect(analyses.get('a')).resolves.toMatchObject({
        status: 'running',
      });
    });

    it('begins no step after it was aborted', async () => {
      const later = jest.fn();
      const { controller, run } = await create([
        {
          stage: 'fetch',
          name: 'interrupted',
          share: 1,
          run: async () => controller.abort(new Error('shutting down')),
        },
        { stage: 'study', name: 'later', share: 1, run: later },
      ]);
      await expect(run()).rejects.toThrow('shutting down');
      expect(later).not.toHaveBeenCalled();
    });
  },
);
