import type { Knex } from 'knex';
import { yieldToEventLoop } from '../concurrency/yieldToEventLoop';
import { inBatches, isPostgres } from './database';

/** Rows that one bulk statement carries. */
const ROWS_PER_BULK = 1_000;

/** Rows that are read at a time. */
const ROWS_PER_PAGE = 2_000;

export type ColumnType = 'text' | 'double precision' | 'integer';

export type Columns<Row> = { [Column in keyof Row & string]: ColumnType };

/** The rows of a JSON list, bound as one value, as a table called `given`. */
function givenRows<Row extends object>(db: Knex, columns: Columns<Row>) {
  const entries = Object.entries<ColumnType>(columns);
  if (isPostgres(db)) {
    const typed = entries.map(([name, type]) => `${name} ${type}`);
    return `json_to_recordset(?::json) as given(${typed.join(', ')})`;
  }
  const extracted = entries.map(([name]) => `value ->> '$.${name}' as ${name}`);
  return `(select ${extracted.join(', ')} from json_each(?)) as given`;
}

/**
 * Runs a statement for many rows at a time: one bound value per statement, whatever the number of rows and columns.
 *
 * @param statement - gets the SQL of a table `given` with the rows of a batch; no two of them may have the same key.
 */
async function runInBulk<Row extends object>(
  tx: Knex,
  columns: Columns<Row>,
  rows: Row[],
  statement: (given: string) => string,
): Promise<void> {
  const sql = statement(givenRows(tx, columns));
  for (const batch of inBatches(rows, ROWS_PER_BULK)) {
    await tx.raw(sql, [JSON.stringify(batch)]);
    await yieldToEventLoop();
  }
}

/**
 * Inserts rows, and brings those that are there already up to date.
 *
 * @param update - the text after `do update set`.
 * @param compared - rows that do not differ from those that are there in any of these columns are left alone.
 */
export async function upsertInBulk<Row extends object>(
  tx: Knex,
  into: { table: string; columns: Columns<Row>; key: (keyof Row & string)[] },
  rows: Row[],
  update: string,
  compared: (keyof Row & string)[],
): Promise<void> {
  const names = Object.keys(into.columns).join(', ');
  const columnsOf = (table: string) =>
    compared.map(column => `${table}.${column}`).join(', ');
  await runInBulk(
    tx,
    into.columns,
    rows,
    // without the condition SQLite takes "on conflict" for the condition of a join
    given =>
      `insert into ${into.table} (${names}) select ${names} from ${given} where true on conflict (${into.key.join(
        ', ',
      )}) do update set ${update} where (${columnsOf(
        'excluded',
      )}) is distinct from (${columnsOf(into.table)})`,
  );
}

/** Deletes the rows with the given keys. */
export async function deleteInBulk<Key extends object>(
  tx: Knex,
  from: { table: string; columns: Columns<Key> },
  keys: Key[],
): Promise<void> {
  const names = Object.keys(from.columns).join(', ');
  await runInBulk(
    tx,
    from.columns,
    keys,
    given =>
      `delete from ${from.table} where (${names}) in (select ${names} from ${given})`,
  );
}

/**
 * Reads rows in the order of their key, a page at a time: SQLite works in this process, and other work of the portal
 * gets its turn in between.
 *
 * @param options.key - columns with texts.
 * @param options.columns - those to read, the key among them; all unless given.
 * @param options.where - what the rows have in common.
 */
export async function* readInPages<Row extends object>(
  db: Knex,
  table: string,
  options: {
    key: (keyof Row & string)[];
    columns?: (keyof Row & string)[];
    where?: object;
  },
): AsyncGenerator<Row[]> {
  const { key, columns = [], where = {} } = options;
  const marks = key.map(() => '?').join(', ');
  let last: Row | undefined;
  for (;;) {
    const query = db(table)
      .select(...columns)
      .where(where)
      .orderBy(key)
      .limit(ROWS_PER_PAGE);
    if (last) {
      const row = last;
      query.whereRaw(
        `(${key.join(', ')}) > (${marks})`,
        key.map(column => String(row[column])),
      );
    }
    const rows: Row[] = await query;
    if (rows.length) yield rows;
    if (rows.length < ROWS_PER_PAGE) return;
    last = rows.at(-1);
    await yieldToEventLoop();
  }
}

/** The JSON object `older` with the fields of `newer` on top. */
export function mergedJson(db: Knex, older: string, newer: string): string {
  return isPostgres(db)
    ? `(${older}::jsonb || ${newer}::jsonb)::text`
    : `json_patch(${older}, ${newer})`;
}
