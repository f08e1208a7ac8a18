import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import { LeaseStore } from './LeaseStore';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('LeaseStore on %s', databaseId => {
  async function createReplicas() {
    const knex = await openTestDatabase(databases, databaseId);
    const clock = { ms: Date.parse('2026-01-01T00:00:00Z') };
    const options = { now: () => new Date(clock.ms), durationMs: 20_000 };
    return {
      clock,
      first: new LeaseStore(knex, options),
      second: new LeaseStore(knex, options),
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
    const { clock, first, second } = await createReplicas();
    const slept = await first.acquire('analysis', 'first');
    clock.ms += 15_000;
    await first.renew(slept!);
    clock.ms += 15_000;
    await expect(second.acquire('analysis', 'second')).resolves.toBeUndefined();

    clock.ms += 30_000;
    await expect(second.acquire('analysis', 'second')).resolves.toBeDefined();
    await expect(first.renew(slept!)).rejects.toThrow(
      "Another replica has taken over 'analysis'",
    );
    await first.release(slept!);
    await expect(first.acquire('analysis', 'first')).resolves.toBeUndefined();
  });
});
