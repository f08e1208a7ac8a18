import type { Knex } from 'knex';
import { inBatches, ROWS_PER_STATEMENT } from './database';

export type DependencyKind = 'hard' | 'soft' | 'async';

/** An edge as one source knows it: who calls whom, and what was counted. */
export interface Dependency {
  /** Entity reference, or `undeclared:<telemetry name>`. */
  sourceId: string;
  targetId: string;
  kind: DependencyKind;
  calls: number | null;
  failedCalls: number | null;
  /** Seconds over which the calls were counted. */
  seconds: number | null;
  firstSeenAt: string | null;
  lastSeenAt: string | null;
}

/** A dependency and the source it comes from: `catalog`, or `telemetry:<datasource id>`. */
export interface StoredDependency extends Dependency {
  origin: string;
}

interface RawDbDependencyRow {
  source_id: string;
  target_id: string;
  origin: string;
  kind: DependencyKind;
  calls: number | null;
  failed_calls: number | null;
  seconds: number | null;
  first_seen_at: string | null;
  last_seen_at: string | null;
}

export const CATALOG_ORIGIN = 'catalog';
export const telemetryOrigin = (datasourceId: string) =>
  `telemetry:${datasourceId}`;

/** Edges between services and their neighbours, declared and observed. */
export class DependencyStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  /** Makes the edges of one origin exactly these; edges of other origins stay as they are. */
  async replaceOrigin(
    origin: string,
    dependencies: Dependency[],
    tx: Knex,
  ): Promise<void> {
    await tx<RawDbDependencyRow>('dependencies').where({ origin }).delete();
    for (const batch of inBatches(dependencies, ROWS_PER_STATEMENT)) {
      await tx<RawDbDependencyRow>('dependencies').insert(
        batch.map(dependency => ({
          source_id: dependency.sourceId,
          target_id: dependency.targetId,
          origin,
          kind: dependency.kind,
          calls: dependency.calls,
          failed_calls: dependency.failedCalls,
          seconds: dependency.seconds,
          first_seen_at: dependency.firstSeenAt,
          last_seen_at: dependency.lastSeenAt,
        })),
      );
    }
  }

  /** Forgets the edges of datasources that are no longer configured. */
  async deleteOriginsExcept(origins: string[], tx: Knex): Promise<void> {
    await tx<RawDbDependencyRow>('dependencies')
      .whereNotIn('origin', origins)
      .delete();
  }

  async listAll(): Promise<StoredDependency[]> {
    const rows = await this.#db<RawDbDependencyRow>('dependencies').orderBy([
      'source_id',
      'target_id',
      'origin',
    ]);
    return rows.map(row => ({
      sourceId: row.source_id,
      targetId: row.target_id,
      origin: row.origin,
      kind: row.kind,
      calls: row.calls,
      failedCalls: row.failed_calls,
      seconds: row.seconds,
      firstSeenAt: row.first_seen_at,
      lastSeenAt: row.last_seen_at,
    }));
  }
}
