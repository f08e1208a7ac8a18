import type { SliType } from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import { inBatches } from './database';

/** Counts of one service and day, as they lie in the database. */
export interface RawDbHistoryRow {
  entity_ref: string;
  sli_type: SliType;
  day: string;
  source_key: string;
  evidence: string | null;
  counts: Buffer;
  asked_hours: number;
  known_hours: number;
  asked_at: string;
}

const COLUMNS = [
  'entity_ref',
  'sli_type',
  'day',
  'source_key',
  'evidence',
  'counts',
  'asked_hours',
  'known_hours',
  'asked_at',
] as const satisfies (keyof RawDbHistoryRow)[];

const PLACES = `(${COLUMNS.map(() => '?').join(', ')})`;

const ON_CONFLICT = `on conflict (entity_ref, sli_type, day) do update set ${COLUMNS.map(
  column => `${column} = excluded.${column}`,
).join(', ')}`;

/** Keeps the values of a statement below the limit of both databases. */
const ROWS_PER_STATEMENT = 250;

/**
 * Writes rows over those with the same key. The first fetch of a fleet writes a hundred thousand of them, and the query
 * builder would take longer to put the statement together than the database to carry it out.
 */
export async function upsertHistoryRows(
  tx: Knex,
  rows: RawDbHistoryRow[],
): Promise<void> {
  for (const part of inBatches(rows, ROWS_PER_STATEMENT)) {
    const places = part.map(() => PLACES).join(', ');
    await tx.raw(
      `insert into sli_history (${COLUMNS.join(
        ', ',
      )}) values ${places} ${ON_CONFLICT}`,
      part.flatMap(row => COLUMNS.map(column => row[column])),
    );
  }
}
