import {
  mockServices,
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { openDatabase } from '../kernel/database/database';

/**
 * The databases that stores are tested on. Backstage leaves PostgreSQL out in silence where there is none; in CI that
 * is an error.
 */
export function createTestDatabases(): TestDatabases {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
  if (process.env.CI && !databases.supports('POSTGRES_18')) {
    throw new Error(
      'PostgreSQL is missing: run the tests with `npm test`, which provides one, or set BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING.',
    );
  }
  return databases;
}

/** A fresh database with the plugin's tables. */
export async function openTestDatabase(
  databases: TestDatabases,
  id: TestDatabaseId,
): Promise<Knex> {
  const knex = await databases.init(id);
  return openDatabase(
    mockServices.database.mock({
      getClient: async () => knex,
      migrations: { skip: false },
    }),
  );
}
