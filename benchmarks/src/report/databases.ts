import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knex, type Knex } from 'knex';
import { openDatabase } from 'backstage-plugin-slo-recommender-backend/src/testing';

/** Does the work with a fresh database that has the plugin's tables and is removed afterwards. */
export type WithDatabase = <T>(
  work: (database: Knex) => Promise<T>,
) => Promise<T>;

async function withTables<T>(
  database: Knex,
  work: (database: Knex) => Promise<T>,
): Promise<T> {
  try {
    await openDatabase({ getClient: async () => database });
    return await work(database);
  } finally {
    await database.destroy();
  }
}

export const onSqlite: WithDatabase = async work => {
  const directory = await mkdtemp(join(tmpdir(), 'benchmark-'));
  try {
    return await withTables(
      knex({
        client: 'better-sqlite3',
        connection: { filename: join(directory, 'benchmark.sqlite') },
        useNullAsDefault: true,
      }),
      work,
    );
  } finally {
    await rm(directory, { recursive: true });
  }
};

export function onPostgres(connectionString: string): WithDatabase {
  return async work => {
    const name = `benchmark_${process.pid}`;
    const admin = knex({ client: 'pg', connection: connectionString });
    const url = new URL(connectionString);
    url.pathname = `/${name}`;
    try {
      await admin.raw('create database ??', [name]);
      return await withTables(
        knex({ client: 'pg', connection: url.href }),
        work,
      );
    } finally {
      await admin.raw('drop database if exists ?? with (force)', [name]);
      await admin.destroy();
    }
  };
}
