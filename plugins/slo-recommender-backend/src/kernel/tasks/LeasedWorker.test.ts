import { setTimeout } from 'timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import { LeasedWorker, type LeasedWorkerOptions } from './LeasedWorker';
import { LeaseStore } from './LeaseStore';
import { Metrics } from '../metrics/Metrics';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('LeasedWorker on %s', databaseId => {
  async function createWorker(
    work: LeasedWorkerOptions['work'],
    durationMs = 200,
  ) {
    const database = await openTestDatabase(databases, databaseId);
    const leases = new LeaseStore(database, {
      durationMs,
      metrics: new Metrics(),
    });
    const logger = mockServices.logger.mock();
    const shutdown = new AbortController();
    const worker = new LeasedWorker({
      lease: 'analysis',
      holder: 'replica 1',
      subject: 'Analyses',
      leases,
      logger,
      shutdownSignal: shutdown.signal,
      hasWork: async () => true,
      work,
    });
    return { database, leases, logger, shutdown, worker };
  }

  it('keeps the lease while it works, and gives it back', async () => {
    let heldByOther: unknown = 'not asked';
    const { leases, logger, worker } = await createWorker(async () => {
      await setTimeout(500);
      heldByOther = await leases.acquire('analysis', 'replica 2');
    });
    await worker.wake();
    expect(heldByOther).toBeUndefined();
    await expect(
      leases.acquire('analysis', 'replica 2'),
    ).resolves.toBeDefined();
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('logs why the work is interrupted if the lease cannot be renewed', async () => {
    let reason: unknown;
    const { database, logger, worker } = await createWorker(
      async (_, signal) => {
        await database('leases').update({ ticket: 99 });
        await setTimeout(10_000, undefined, { signal }).catch(() => {});
        reason = signal.reason;
      },
    );
    await worker.wake();
    expect(reason).toMatchObject({ name: 'ConflictError' });
    expect(logger.warn.mock.calls).toEqual([
      [
        "Analyses are interrupted, as their lease could not be renewed: ConflictError: Another replica has taken over 'analysis'; this one stops.",
      ],
    ]);
  });

  it('logs a failure, and works again when it is woken', async () => {
    let passes = 0;
    const { logger, worker } = await createWorker(async () => {
      passes++;
      throw new Error('down');
    });
    await worker.wake();
    await worker.wake();
    expect(passes).toBe(2);
    expect(logger.error).toHaveBeenCalledWith(
      'Analyses cannot be run: Error: down',
    );
  });

  it('makes another pass if it is woken while it works', async () => {
    let passes = 0;
    const { worker } = await createWorker(async () => {
      if (++passes === 1) void worker.wake();
    });
    await worker.wake();
    expect(passes).toBe(2);
  });

  it('does nothing once the backend shuts down', async () => {
    const work = jest.fn(async () => {});
    const { shutdown, worker } = await createWorker(work);
    shutdown.abort();
    await worker.wake();
    expect(work).not.toHaveBeenCalled();
  });
});
