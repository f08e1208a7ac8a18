import type { Knex } from 'knex';
import { yieldToEventLoop } from '../kernel/concurrency/yieldToEventLoop';
import { inBatches } from '../kernel/database/database';

/** Keeps the values of a statement below the limit of both databases. */
const ROWS_PER_STATEMENT = 100;

/**
 * Writes rows over those with the same key. The first fetch of a fleet writes a hundred thousand of them, and the query
 * builder would take longer to put the statement together than the database to carry it out.
 */
export async function upsertRows<Column extends string>(
  tx: Knex,
  into: {
    table: string;
    columns: readonly Column[];
    key: readonly Column[];
  },
  rows: Record<Column, Knex.Value>[],
): Promise<void> {
  const { table, columns, key } = into;
  const place = `(${columns.map(() => '?').join(', ')})`;
  const updates = columns.map(column => `${column} = excluded.${column}`);
  for (const part of inBatches(rows, ROWS_PER_STATEMENT)) {
    const places = part.map(() => place).join(', ');
    await tx.raw(
      `insert into ${table} (${columns.join(
        ', ',
      )}) values ${places} on conflict (${key.join(
        ', ',
      )}) do update set ${updates.join(', ')}`,
      part.flatMap(row => columns.map(column => row[column])),
    );
    await yieldToEventLoop();
  }
}
