import type { Knex } from 'knex';
import { yieldToEventLoop } from '../concurrency/yieldToEventLoop';
import { isPostgres } from './database';

/** Rows and characters that one statement carries; SQLite works on the thread of the process. */
const MAX_ROWS = 1_000;
const MAX_ROWS_SQLITE = 100;
const MAX_LENGTH = 500_000;

/** Rows that are read at a time. */
const ROWS_PER_PAGE = 2_000;

/** A type of PostgreSQL. */
export type ColumnType =
  'text' | 'double precision' | 'integer' | 'bigint' | 'boolean' | 'bytea';

export type Columns<Row> = { [Column in keyof Row & string]: ColumnType };

/** A table to write in bulk. */
export interface Table<Row> {
  table: string;
  columns: Columns<Row>;
  key: (keyof Row & string)[];
}

const lengthOf = (value: unknown) =>
  typeof value === 'string' || Buffer.isBuffer(value) ? value.length : 10;

function* batchesOf<Row extends object>(
  rows: Row[],
  maxRows: number,
): Generator<Row[]> {
  let batch: Row[] = [];
  let length = 0;
  for (const row of rows) {
    batch.push(row);
    for (const value of Object.values(row)) length += lengthOf(value);
    if (batch.length < maxRows && length < MAX_LENGTH) continue;
    yield batch;
    batch = [];
    length = 0;
  }
  if (batch.length) yield batch;
}

/** Halves of surrogate pairs, escaped: PostgreSQL refuses them in JSON, where its driver replaces those in a text. */
const LONE_SURROGATES = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

const valueOf = (row: object, name: string): Knex.Value =>
  Reflect.get(row, name);

const toHex = (value: unknown) =>
  Buffer.isBuffer(value) ? value.toString('hex') : value;

/**
 * Rows as a table `given`. PostgreSQL gets them as one JSON value, which costs it and this process a third of many
 * bound values. SQLite gets bound values, which cost half of parsing JSON, and those that all rows share only once.
 */
function givenRows<Row extends object>(
  db: Knex,
  columns: Columns<Row>,
  rows: Row[],
): { sql: string; bindings: readonly Knex.Value[] } {
  const entries = Object.entries<ColumnType>(columns);
  const names = entries.map(([name]) => name);
  if (!isPostgres(db)) {
    const [first] = rows;
    const varies = (name: string) =>
      rows.some(row => valueOf(row, name) !== valueOf(first, name));
    const varying = rows.length > 1 ? names.filter(varies) : names;
    const shared = names.filter(name => !varying.includes(name));
    const selected = [
      ...shared.map(name => `? as ${name}`),
      ...varying.map((name, i) => `column${i + 1} as ${name}`),
    ];
    const place = `(${varying.map(() => '?').join(', ')})`;
    return {
      sql: `(select ${selected.join(', ')} from (values ${rows
        .map(() => place)
        .join(', ')})) as given`,
      bindings: [
        ...shared.map(name => valueOf(first, name)),
        ...rows.flatMap(row => varying.map(name => valueOf(row, name))),
      ],
    };
  }
  const isBinary = ([, type]: [string, ColumnType]) => type === 'bytea';
  const selected = entries.map(entry =>
    isBinary(entry) ? `decode(${entry[0]}, 'hex') as ${entry[0]}` : entry[0],
  );
  const typed = entries.map(
    entry => `${entry[0]} ${isBinary(entry) ? 'text' : entry[1]}`,
  );
  const json = JSON.stringify(
    entries.some(isBinary)
      ? rows.map(row =>
          Object.fromEntries(
            Object.entries(row).map(([name, value]) => [name, toHex(value)]),
          ),
        )
      : rows,
  );
  return {
    sql: `(select ${selected.join(
      ', ',
    )} from json_to_recordset(?::json) as r(${typed.join(', ')})) as given`,
    bindings: [json.replace(LONE_SURROGATES, '$1\ufffd')],
  };
}

/** @param statement - with the SQL of a table of rows; no two of them may have the same key. */
async function runInBulk<Row extends object>(
  tx: Knex,
  columns: Columns<Row>,
  rows: Row[],
  statement: (given: string) => string,
): Promise<void> {
  const maxRows = isPostgres(tx) ? MAX_ROWS : MAX_ROWS_SQLITE;
  for (const batch of batchesOf(rows, maxRows)) {
    const { sql, bindings } = givenRows(tx, columns, batch);
    await tx.raw(statement(sql), bindings);
    await yieldToEventLoop();
  }
}

function insertStatement<Row extends object>(
  { table, columns, key }: Table<Row>,
  onConflict: string,
): (given: string) => string {
  const names = Object.keys(columns).join(', ');
  // without the condition SQLite takes "on conflict" for the condition of a join
  return given =>
    `insert into ${table} (${names}) select ${names} from ${given} where true on conflict (${key.join(
      ', ',
    )}) do ${onConflict}`;
}

/** Inserts rows; those with the key of one that is there already are left out. */
export async function insertInBulk<Row extends object>(
  tx: Knex,
  into: Table<Row>,
  rows: Row[],
): Promise<void> {
  const statement = insertStatement(into, 'nothing');
  await runInBulk(tx, into.columns, rows, statement);
}

/**
 * Inserts rows, and updates those that are there already.
 *
 * @param merge.update - the text after `do update set`; the new values unless given.
 * @param merge.compared - rows that do not differ from those that are there in any of these columns are left alone.
 */
export async function upsertInBulk<Row extends object>(
  tx: Knex,
  into: Table<Row>,
  rows: Row[],
  merge?: { update: string; compared: (keyof Row & string)[] },
): Promise<void> {
  const { table, columns } = into;
  const namesIn = (name: string) =>
    merge?.compared.map(column => `${name}.${column}`).join(', ');
  const replaced = Object.keys(columns).map(
    column => `${column} = excluded.${column}`,
  );
  const statement = insertStatement(
    into,
    merge
      ? `update set ${merge.update} where (${namesIn(
          'excluded',
        )}) is distinct from (${namesIn(table)})`
      : `update set ${replaced.join(', ')}`,
  );
  await runInBulk(tx, columns, rows, statement);
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
