import {
  mockServices,
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AnchorStore } from './AnchorStore';

// PostgreSQL where a connection string is given, as the repository's test command does.
const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
  disableDocker: true,
});

async function setUp(id: TestDatabaseId) {
  const client = await databases.init(id);
  return mockServices.database.mock({
    getClient: async () => client,
    migrations: { skip: false },
  });
}

const hours = (count: number) => Date.UTC(2026, 0, 31, count);

describe.each(databases.eachSupportedId())('AnchorStore on %p', id => {
  it('remembers the UTC day of the first call, whoever asks later', async () => {
    const database = await setUp(id);
    const first = await AnchorStore.create(database);
    await expect(first.anchorOf('company', hours(23))).resolves.toEqual(
      new Date('2026-01-31T00:00:00Z'),
    );
    const afterRestart = await AnchorStore.create(database);
    await expect(
      afterRestart.anchorOf('company', hours(24 * 30)),
    ).resolves.toEqual(new Date('2026-01-31T00:00:00Z'));
  });

  it('lets replicas that start together agree', async () => {
    const database = await setUp(id);
    const store = await AnchorStore.create(database);
    const days = await Promise.all(
      [23, 24, 25].map(hour => store.anchorOf('company', hours(hour))),
    );
    expect(new Set(days.map(day => day.getTime())).size).toBe(1);
  });

  it('keeps datasources apart', async () => {
    const store = await AnchorStore.create(await setUp(id));
    await store.anchorOf('one', hours(0));
    await expect(store.anchorOf('two', hours(48))).resolves.toEqual(
      new Date('2026-02-02T00:00:00Z'),
    );
  });

  it('can be taken back and put up again', async () => {
    const database = await setUp(id);
    const client = await database.getClient();
    await AnchorStore.create(database);
    const migrations = {
      directory: `${__dirname}/../../migrations`,
      tableName: 'simulated_company_knex_migrations',
    };
    await client.migrate.rollback(migrations, true);
    await expect(
      client.schema.hasTable('simulated_company_anchors'),
    ).resolves.toBe(false);
    await expect(
      (await AnchorStore.create(database)).anchorOf('company', hours(0)),
    ).resolves.toEqual(new Date('2026-01-31T00:00:00Z'));
  });
});
