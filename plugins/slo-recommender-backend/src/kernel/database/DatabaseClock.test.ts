import { mockServices } from '@backstage/backend-test-utils';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import { Metrics } from '../metrics/Metrics';
import { DatabaseClock, databaseInstant } from './DatabaseClock';

jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;
const databases = createTestDatabases();

afterEach(() => {
  jest.useRealTimers();
});

/** Sets the clock of this process; timers go on. */
const setClockAhead = (ms: number) =>
  jest.useFakeTimers({
    now: Date.now() + ms,
    doNotFake: [
      'clearImmediate',
      'clearInterval',
      'clearTimeout',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'setInterval',
      'setTimeout',
    ],
  });

describe.each(databases.eachSupportedId())('DatabaseClock on %s', id => {
  const start = async () => {
    const logger = mockServices.logger.mock();
    const database = await openTestDatabase(databases, id);
    const clock = await DatabaseClock.start(database, logger);
    return { clock, database, logger };
  };

  it('goes by the database, never ahead of it', async () => {
    const { clock, database } = await start();
    for (let i = 0; i < 20; i++) {
      const now = clock.now();
      const [{ instant }] = await database.select(
        database.raw('? as instant', [databaseInstant(database)]),
      );
      expect(now.toISOString() <= instant).toBe(true);
      expect(Date.parse(instant) - now.getTime()).toBeLessThan(1_000);
    }
  });

  it.each([3 * HOUR_MS, -3 * HOUR_MS])(
    'is not led astray by a process whose clock is off by %d ms, and says so once',
    async offMs => {
      const { clock, logger } = await start();
      expect(logger.warn).not.toHaveBeenCalled();
      const beforeMs = clock.now().getTime();
      setClockAhead(offMs);
      expect(clock.now().getTime() - beforeMs).toBeLessThan(1_000);
      for (const { fn } of [...(clock.tasks ?? []), ...(clock.tasks ?? [])]) {
        await fn(new AbortController().signal);
      }
      expect(clock.now().getTime() - beforeMs).toBeLessThan(10_000);
      expect(clock.now().getTime()).toBeGreaterThanOrEqual(beforeMs - 1_000);
      expect(logger.warn.mock.calls).toEqual([
        [
          expect.stringMatching(
            offMs > 0
              ? /^The clock of this replica is 1\d{4} s ahead of the database's/
              : /^The clock of this replica is 1\d{4} s behind the database's/,
          ),
        ],
      ]);
      const metrics = new Metrics();
      await clock.figures?.clock(metrics);
      const [, ahead] =
        /^slo_recommender_clock_ahead_seconds (\S+)$/m.exec(
          await metrics.render(),
        ) ?? [];
      expect(Math.round(Number(ahead))).toBe(offMs / 1_000);
    },
  );
});
