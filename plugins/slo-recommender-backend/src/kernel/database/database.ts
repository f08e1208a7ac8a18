import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const migrationsDirectory = resolvePackagePath(
  'backstage-plugin-slo-recommender-backend',
  'migrations',
);

/** Entity references of one `IN` list. */
export const REFS_PER_STATEMENT = 500;

/** Opens the plugin's database and brings its tables up to date. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsDirectory });
  }
  return knex;
}

export const isPostgres = (db: Knex) => db.client.config.client === 'pg';

/** Holds a lock of all replicas until the transaction ends: others that take it wait. */
export async function lockUntilCommit(tx: Knex, name: string): Promise<void> {
  await tx('leases')
    .insert({ name, holder: '', ticket: 0, expires_at: '' })
    .onConflict('name')
    .merge(['holder']);
}

/** Reads several tables in one snapshot. */
export function readConsistently<T>(
  db: Knex,
  read: (tx: Knex) => Promise<T>,
): Promise<T> {
  return db.transaction(
    read,
    isPostgres(db)
      ? { isolationLevel: 'repeatable read', readOnly: true }
      : undefined,
  );
}

/** Splits a list into parts of at most `size`. */
export function inBatches<T>(items: readonly T[], size: number): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    batches.push(items.slice(start, start + size));
  }
  return batches;
}
