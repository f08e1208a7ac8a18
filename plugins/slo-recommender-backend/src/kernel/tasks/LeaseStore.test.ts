import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import { Metrics } from '../metrics/Metrics';
import { LeaseStore } from './LeaseStore';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('LeaseStore on %s', databaseId => {
  async function createReplicas() {
    const knex = await openTestDatabase(databases, databaseId);
    const create = () =>
      new LeaseStore(knex, { durationMs: 20_000, metrics: new Metrics() });
    const expiry = async () =>
      Date.parse((await knex('leases').first()).expires_at);
    const expireAt = (ms: number) =>
      knex('leases').update({ expires_at: new Date(ms).toISOString() });
    return {
      expireAt,
      expiry,
      first: create(),
      second: create(),
      /** Lets time pass for the lease. */
      pass: async (ms: number) => expireAt((await expiry()) - ms),
    };
  }

  it('is held by one replica until it is released', async () => {
    const { first, second } = await createReplicas();
    const lease = await first.acquire('analysis', 'first');
    expect(lease).toBeDefined();
    await expect(second.acquire('analysis', 'second')).resolves.toBeUndefined();
    await first.release(lease!);
    await expect(second.acquire('analysis', 'second')).resolves.toBeDefined();
  });

  it('goes to exactly one of many who want it at once', async () => {
    const { first, second } = await createReplicas();
    const taken = await Promise.all(
      [first, second, first, second].map((store, i) =>
        store.acquire('analysis', `replica ${i}`),
      ),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('lasts while it is renewed, and fences a holder that slept past its end', async () => {
    const { first, pass, second } = await createReplicas();
    const slept = await first.acquire('analysis', 'first');
    await pass(15_000);
    await first.renew(slept!);
    await pass(15_000);
    await expect(second.acquire('analysis', 'second')).resolves.toBeUndefined();

    await pass(30_000);
    await expect(second.acquire('analysis', 'second')).resolves.toBeDefined();
    await expect(first.renew(slept!)).rejects.toThrow(
      "Another replica has taken over 'analysis'",
    );
    await first.release(slept!);
    await expect(first.acquire('analysis', 'first')).resolves.toBeUndefined();
  });

  it('expires by the clock of the database, whatever the clock of the replica', async () => {
    const { expiry, first, pass, second } = await createReplicas();
    const wrongMs = Date.now() + 3 * 3_600_000;
    const date = jest.spyOn(Date, 'now').mockReturnValue(wrongMs);
    try {
      await first.acquire('analysis', 'first');
      await expect(
        second.acquire('analysis', 'second'),
      ).resolves.toBeUndefined();
    } finally {
      date.mockRestore();
    }
    const aheadMs = (await expiry()) - Date.now();
    expect(aheadMs).toBeGreaterThan(10_000);
    expect(aheadMs).toBeLessThanOrEqual(20_000);
    await pass(20_001);
    await expect(second.acquire('analysis', 'second')).resolves.toBeDefined();
  });

  it.each(['9999-12-31T23:59:59.999Z', '2300-01-01T00:00:00.000Z'])(
    'lasts no longer than its duration if it is said to end in %s',
    async end => {
      const { expireAt, expiry, first, pass, second } = await createReplicas();
      const lease = await first.acquire('analysis', 'first');
      await expireAt(Date.parse(end));
      await expect(
        second.acquire('analysis', 'second'),
      ).resolves.toBeUndefined();
      expect((await expiry()) - Date.now()).toBeLessThanOrEqual(20_000);
      // the holder, if there is one, goes on
      await first.renew(lease!);
      await pass(20_001);
      await expect(second.acquire('analysis', 'second')).resolves.toBeDefined();
    },
  );
});
