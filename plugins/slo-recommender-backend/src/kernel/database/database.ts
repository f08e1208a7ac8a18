import {
  type DatabaseService,
  type LoggerService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const migrationsDirectory = resolvePackagePath(
  'backstage-plugin-slo-recommender-backend',
  'migrations',
);

/** Entity references of one `IN` list. */
export const REFS_PER_STATEMENT = 500;

export const isPostgres = (db: Knex) => db.client.config.client === 'pg';

/** Opens the plugin's database and brings its tables up to date. */
export async function openDatabase(
  database: DatabaseService,
  logger?: Pick<LoggerService, 'warn'>,
): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await inTurn(knex, async db => {
      await freeMigrationsLock(db, logger);
      await db.migrate.latest({ directory: migrationsDirectory });
    });
  }
  return knex;
}

/**
 * Does work that creates tables, while other replicas wait. The lock of Knex is not enough: it is a row in a table
 * that must be created first, where replicas that start together fail, or leave two rows, which Knex can never lock
 * again. This one ends with the connection, however the process ends.
 */
export async function inTurn(
  db: Knex,
  work: (db: Knex) => Promise<void>,
): Promise<void> {
  // a database of SQLite belongs to one process
  if (!isPostgres(db)) {
    await work(db);
    return;
  }
  await db.transaction(async tx => {
    await tx.raw('select pg_advisory_xact_lock(hashtext(?))', [
      'slo-recommender tables',
    ]);
    await work(tx);
  });
}

/** Whether work can be done in turn that takes connections of its own. */
export const hasSpareConnection = (db: Knex) =>
  isPostgres(db) && db.client.config.pool?.max !== 1;

/** Frees what a replica has left that was killed, or started together with others, in a version without `inTurn`. */
async function freeMigrationsLock(
  db: Knex,
  logger: Pick<LoggerService, 'warn'> | undefined,
): Promise<void> {
  const table = 'knex_migrations_lock';
  if (!(await db.schema.hasTable(table))) return;
  const rows = await db<{ is_locked: number }>(table).select('is_locked');
  if (rows.length === 1 && rows[0].is_locked === 0) return;
  logger?.warn(
    `${table} was left locked by a replica that was killed, or started together with others. It is freed, as no replica is migrating now.`,
  );
  await db.migrate.forceFreeMigrationsLock();
}

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
