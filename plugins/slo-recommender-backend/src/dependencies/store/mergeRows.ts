import type { Knex } from 'knex';
import {
  mergedJson,
  type Table,
  upsertInBulk,
} from '../../kernel/database/bulk';
import {
  edgeColumns,
  nodeColumns,
  type RawDbEdgeRow,
  type RawDbNodeRow,
} from './dependencyRows';

const EDGES: Table<RawDbEdgeRow> = {
  table: 'dependency_edges',
  columns: edgeColumns,
  key: ['origin', 'source_name', 'target_name'],
};

const NODES: Table<RawDbNodeRow> = {
  table: 'dependency_nodes',
  columns: nodeColumns,
  key: ['origin', 'name'],
};

/** Writes declared edges in the place of those that are there. */
export async function replaceEdgeRows(
  rows: RawDbEdgeRow[],
  tx: Knex,
): Promise<void> {
  await upsertInBulk(tx, EDGES, rows, {
    update: 'kind = excluded.kind, strength = excluded.strength',
    compared: ['kind', 'strength'],
  });
}

/**
 * Joins reported edges to those that are there, field by field, in whatever order the reports come: the newest one
 * counts, and if it is silent the one before. Rows that say nothing new are not written.
 */
export async function mergeEdgeRows(
  rows: RawDbEdgeRow[],
  tx: Knex,
): Promise<void> {
  const old = (column: string) => `${EDGES.table}.${column}`;
  const given = (column: string) => `excluded.${column}`;
  const isNewest = `${given('told_at')} >= coalesce(${old('told_at')}, '')`;
  const choose = (column: string, first: string, otherwise: string) =>
    `${column} = case when ${first} then ${given(column)} else ${otherwise} end`;
  const newest = (column: string) =>
    choose(
      column,
      `${given(column)} is not null and (${old(column)} is null or ${isNewest})`,
      old(column),
    );
  // calls, failures and time belong together
  const counted = (column: string) =>
    choose(
      column,
      `${given('calls')} is not null and (${old(
        'calls',
      )} is null or ${isNewest})`,
      old(column),
    );
  const extreme = (column: string, beyond: '<' | '>') =>
    choose(
      column,
      `${old(column)} is null or ${given(column)} ${beyond} ${old(column)}`,
      old(column),
    );
  const [oldAttributes, givenAttributes] = [
    old('attributes'),
    given('attributes'),
  ];
  await upsertInBulk(tx, EDGES, rows, {
    update: [
      newest('claim'),
      newest('kind'),
      newest('strength'),
      counted('calls'),
      counted('failed_calls'),
      counted('seconds'),
      newest('latency'),
      `attributes = case
        when ${givenAttributes} in ('{}', ${oldAttributes}) then ${oldAttributes}
        when ${isNewest} then ${mergedJson(tx, oldAttributes, givenAttributes)}
        else ${mergedJson(tx, givenAttributes, oldAttributes)} end`,
      choose(
        'first_seen_at',
        // earlier versions took instants of any year
        `${old('first_seen_at')} is null or ${old('first_seen_at')} < '1970' or ${given('first_seen_at')} < ${old('first_seen_at')}`,
        old('first_seen_at'),
      ),
      extreme('last_seen_at', '>'),
      `reports = ${old('reports')} + case when ${given(
        'told_at',
      )} > coalesce(${old('told_at')}, '') then 1 else 0 end`,
      extreme('told_at', '>'),
    ].join(', '),
    compared: [
      'claim',
      'kind',
      'strength',
      'calls',
      'failed_calls',
      'seconds',
      'latency',
      'attributes',
      'first_seen_at',
      'last_seen_at',
      'told_at',
    ],
  });
}

/** Joins what is reported of nodes to what is known, as {@link mergeEdgeRows} does. */
export async function mergeNodeRows(
  rows: RawDbNodeRow[],
  tx: Knex,
): Promise<void> {
  const old = (column: string) => `${NODES.table}.${column}`;
  const isNewest = `excluded.told_at >= ${old('told_at')}`;
  const newest = (column: string, unknown: string = 'null') =>
    `${column} = case when excluded.${column} is distinct from ${unknown} and (${old(
      column,
    )} is not distinct from ${unknown} or ${isNewest}) then excluded.${column} else ${old(
      column,
    )} end`;
  await upsertInBulk(tx, NODES, rows, {
    update: [
      newest('title'),
      newest('type'),
      newest('aliases', "'[]'"),
      newest('requests'),
      newest('seconds'),
      `told_at = case when ${isNewest} then excluded.told_at else ${old(
        'told_at',
      )} end`,
    ].join(', '),
    compared: ['title', 'type', 'aliases', 'requests', 'seconds', 'told_at'],
  });
}
