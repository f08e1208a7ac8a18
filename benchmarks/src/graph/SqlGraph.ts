import { knex, type Knex } from 'knex';
import type { Answer } from './answer';
import type { GeneratedFleet } from './generateFleet';

/** After this a query is given up. */
export const STATEMENT_TIMEOUT_MS = 20_000;

/** Code of PostgreSQL for a statement that was cancelled, here by the time-out. */
const QUERY_CANCELED = '57014';

/** An answer of SQL and how long it took; no answer where the time-out was hit. */
export interface SqlAnswer {
  answer?: Answer;
  ms: number;
}

/**
 * Every path from the root as a row of its own. A path that comes back to itself ends there, as in the documentation of
 * PostgreSQL: the call that closes the cycle is still part of the answer.
 */
const ENUMERATED_PATHS = `
  WITH RECURSIVE path (edge, node, length, visited, closed) AS (
    SELECT edge, target, 1, ARRAY[source, target], source = target
    FROM dependency WHERE source = :root
    UNION ALL
    SELECT d.edge, d.target, p.length + 1, p.visited || d.target, d.target = ANY (p.visited)
    FROM path p JOIN dependency d ON d.source = p.node
    WHERE NOT p.closed AND p.length < :depth
  )
  SELECT edge, node, min(length) AS distance FROM path GROUP BY edge, node`;

/** UNION drops the rows that are there already: each node once per distance. */
const DEDUPLICATED = `
  WITH RECURSIVE reached (node, distance) AS (
    SELECT CAST(:root AS integer), 0
    UNION
    SELECT d.target, r.distance + 1
    FROM reached r JOIN dependency d ON d.source = r.node
    WHERE r.distance < :depth
  ), nearest AS (
    SELECT node, min(distance) AS distance FROM reached GROUP BY node
  )
  SELECT d.edge, d.target AS node, n.distance + 1 AS distance
  FROM nearest n JOIN dependency d ON d.source = n.node
  WHERE n.distance < :depth`;

/** Without a limit there must be no distance either, or a cycle would be gone round for ever. */
const DEDUPLICATED_WITHOUT_LIMIT = `
  WITH RECURSIVE reached (node) AS (
    SELECT CAST(:root AS integer)
    UNION
    SELECT d.target FROM reached r JOIN dependency d ON d.source = r.node
  )
  SELECT d.edge, d.target AS node
  FROM reached r JOIN dependency d ON d.source = r.node`;

/** The calls in a table of PostgreSQL, with the indexes that anyone would give it. */
export class SqlGraph {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static async create(
    connectionString: string,
    { sources, targets }: GeneratedFleet,
  ): Promise<SqlGraph> {
    const database = knex({
      client: 'pg',
      connection: connectionString,
      pool: { min: 1, max: 1 },
    });
    await database.raw('DROP TABLE IF EXISTS dependency');
    await database.raw(
      'CREATE TABLE dependency (edge integer PRIMARY KEY, source integer NOT NULL, target integer NOT NULL)',
    );
    await database.raw(
      'INSERT INTO dependency SELECT * FROM unnest(CAST(? AS integer[]), CAST(? AS integer[]), CAST(? AS integer[]))',
      [[...sources.keys()], [...sources], [...targets]],
    );
    await database.raw(
      'CREATE INDEX ON dependency (source, target) INCLUDE (edge)',
    );
    await database.raw(
      'CREATE INDEX ON dependency (target, source) INCLUDE (edge)',
    );
    await database.raw('VACUUM ANALYZE dependency');
    await database.raw("SET work_mem = '256MB'");
    await database.raw(`SET statement_timeout = ${STATEMENT_TIMEOUT_MS}`);
    return new SqlGraph(database);
  }

  /** @param depth - a number of calls; what enumerates paths cannot do without. */
  async enumeratePaths(root: number, depth: number): Promise<SqlAnswer> {
    return this.#ask(ENUMERATED_PATHS, root, depth);
  }

  async deduplicate(root: number, depth: number): Promise<SqlAnswer> {
    return depth === Infinity
      ? this.#ask(DEDUPLICATED_WITHOUT_LIMIT, root)
      : this.#ask(DEDUPLICATED, root, depth);
  }

  async close(): Promise<void> {
    await this.#database.destroy();
  }

  async #ask(sql: string, root: number, depth?: number): Promise<SqlAnswer> {
    const startedAt = performance.now();
    try {
      const { rows } = await this.#database.raw<{ rows: EdgeRow[] }>(
        sql,
        depth === undefined ? { root } : { root, depth },
      );
      const ms = performance.now() - startedAt;
      return { answer: answerOf(root, rows), ms };
    } catch (error) {
      if (
        error instanceof Error &&
        'code' in error &&
        error.code === QUERY_CANCELED
      ) {
        return { ms: performance.now() - startedAt };
      }
      throw error;
    }
  }
}

/** A call and its callee, with the distance of the callee by way of it. */
interface EdgeRow {
  edge: number;
  node: number;
  distance?: number;
}

function answerOf(root: number, rows: EdgeRow[]): Answer {
  const distances = new Map<number, number | undefined>([[root, 0]]);
  for (const { node, distance } of rows) {
    const before = distances.get(node);
    if (before === undefined || (distance ?? 0) < before) {
      distances.set(node, distance);
    }
  }
  return {
    nodes: Int32Array.from(distances.keys()),
    edges: Int32Array.from(rows, row => row.edge),
    distances: rows.every(row => row.distance !== undefined)
      ? Int32Array.from(distances.values(), distance => distance ?? 0)
      : undefined,
  };
}
