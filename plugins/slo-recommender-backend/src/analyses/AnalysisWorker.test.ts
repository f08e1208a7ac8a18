import type { Knex } from 'knex';
import { mockServices } from '@backstage/backend-test-utils';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { AnalysisFailure } from '../kernel/tasks/analysis';
import { type Lease, LeaseStore } from '../kernel/tasks/LeaseStore';
import { AnalysisStore } from './AnalysisStore';
import { AnalysisWorker } from './AnalysisWorker';
import { Metrics } from '../kernel/metrics/Metrics';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NOW = new Date('2026-03-01T12:30:00Z');
const now = () => NOW;

describe.each(databases.eachSupportedId())(
  'AnalysisWorker on %s',
  databaseId => {
    async function create(
      run: (
        lease: Lease,
        other: {
          database: Knex;
          leases: LeaseStore;
          takeOver: () => Promise<void>;
        },
      ) => Promise<void>,
    ) {
      const database = await openTestDatabase(databases, databaseId);
      const analyses = new AnalysisStore(database);
      const metrics = new Metrics();
      const leases = new LeaseStore(database, { durationMs: 20_000, metrics });
      /** Takes the lease as another replica does once it has expired. */
      const takeOver = async () => {
        await database('leases').update({ expires_at: NOW.toISOString() });
        await leases.acquire('analysis', 'there');
      };
      await analyses.enqueue({
        id: 'a',
        trigger: 'request',
        asOf: NOW,
        entityRefs: null,
        requestedAt: NOW,
      });
      const logger = mockServices.logger.mock();
      const worker = new AnalysisWorker({
        database,
        analyses,
        results: { getCurrentAnalysisId: async () => undefined },
        leases,
        logger,
        metrics,
        now,
        holder: 'here',
        shutdownSignal: new AbortController().signal,
        runner: {
          run: (_, lease) => run(lease, { database, leases, takeOver }),
        },
      });
      return { analyses, logger, metrics, takeOver, worker };
    }

    it('says why an analysis failed, and in the log what nobody can do anything about', async () => {
      const errors = [new AnalysisFailure('no room'), new Error('x is null')];
      const { analyses, logger, worker } = await create(async () => {
        throw errors.shift();
      });
      await worker.drain();
      await expect(analyses.get('a')).resolves.toMatchObject({
        status: 'failed',
        error: 'no room',
      });
      await analyses.enqueue({
        id: 'b',
        trigger: 'request',
        asOf: NOW,
        entityRefs: null,
        requestedAt: NOW,
      });
      await worker.drain();
      await expect(analyses.get('b')).resolves.toMatchObject({
        status: 'failed',
        error: expect.stringContaining("the backend's log for analysis b"),
      });
      expect(logger.warn).toHaveBeenLastCalledWith(
        'Analysis b as of 2026-03-01T12:30:00.000Z failed: Error: x is null',
      );
    });

    it.each([
      [1, 'completed', 2],
      [9, 'failed', 3],
    ])(
      'begins an analysis anew that loses its connection %d times, and it has %s',
      async (losses, status, runs) => {
        let left = losses;
        const run = jest.fn(
          async (_: Lease, { database }: { database: Knex }) => {
            if (left-- <= 0) {
              await database('analyses').update({ status: 'completed' });
              return;
            }
            if (databaseId === 'SQLITE_3') {
              throw new Error(
                'insert into x - Connection terminated unexpectedly',
              );
            }
            await database.raw('select pg_terminate_backend(pg_backend_pid())');
          },
        );
        const { analyses, logger, worker } = await create(run);
        await worker.drain();
        expect(run).toHaveBeenCalledTimes(runs);
        await expect(analyses.get('a')).resolves.toMatchObject({ status });
        expect(logger.warn).toHaveBeenCalledWith(
          expect.stringContaining(
            'Analysis a lost its connection to the database and is begun anew',
          ),
        );
      },
    );

    it('does not begin an analysis once another replica has the lease', async () => {
      const run = jest.fn();
      const { analyses, takeOver, worker } = await create(run);
      const next = () => AnalysisStore.prototype.nextActive.call(analyses);
      jest
        .spyOn(analyses, 'nextActive')
        .mockImplementationOnce(next)
        .mockImplementationOnce(async () => {
          const found = await next();
          await takeOver();
          return found;
        });
      await worker.drain();
      expect(run).not.toHaveBeenCalled();
      await expect(analyses.get('a')).resolves.toMatchObject({
        status: 'queued',
      });
    });

    it('does not fail the analysis of another replica if publishing finds the lease lost', async () => {
      const { analyses, logger, worker } = await create(
        async (lease, other) => {
          await other.takeOver();
          await other.leases.renew(lease);
        },
      );
      await worker.drain();
      await expect(analyses.get('a')).resolves.toMatchObject({
        status: 'running',
        error: null,
      });
      expect(logger.error).toHaveBeenCalledWith(
        expect.stringContaining("Another replica has taken over 'analysis'"),
      );
    });
  },
);
