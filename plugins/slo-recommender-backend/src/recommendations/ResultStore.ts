import { ALL_ENVIRONMENTS } from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import { inYieldingBatches } from '../kernel/concurrency/yieldToEventLoop';
import { insertInBulk, type Table } from '../kernel/database/bulk';
import { databaseInstant } from '../kernel/database/DatabaseClock';
import { inBatches, REFS_PER_STATEMENT } from '../kernel/database/database';
import {
  type RawDbResultRow,
  READABLE_VERSIONS,
  RECOMMENDATIONS,
  resultFromRow,
  rowFromResult,
  type ServiceResult,
} from './storedResults';

/** A result in short. */
export type ResultOutline = Pick<
  ServiceResult,
  'asOf' | 'requests' | 'inputsKey'
>;

/** A result in figures. */
export type ResultFigures = Pick<
  ServiceResult,
  | 'entityRef'
  | 'asOf'
  | 'verdict'
  | 'achieved'
  | 'recommendedObjective'
  | 'budgetRemaining'
>;

interface RawDbSnapshotRow {
  id: number;
  analysis_id: string;
}

const SNAPSHOT_ID = 1;

/** Results that are written before other work of the process may run. */
const ROWS_PER_TURN = 16;

const RESULTS: Table<RawDbResultRow> = {
  table: 'analysis_results',
  columns: {
    analysis_id: 'text',
    kind: 'text',
    version: 'integer',
    entity_ref: 'text',
    environment: 'text',
    as_of: 'text',
    data_until: 'text',
    verdict: 'text',
    achieved: 'double precision',
    requests: 'double precision',
    recommended_objective: 'double precision',
    budget_remaining: 'double precision',
    window_ms: 'bigint',
    datasource_id: 'text',
    simulated: 'boolean',
    inputs_key: 'text',
    reasons: 'text',
    recommendations: 'text',
  },
  key: ['analysis_id', 'kind', 'entity_ref', 'environment'],
};

const COPIED_COLUMNS = Object.keys(RESULTS.columns).filter(
  column => column !== 'analysis_id',
);

/**
 * Results of analyses, and which analysis readers see. A result of a version that this program cannot read counts as
 * absent: its service answers as not analysed yet, and is analysed anew.
 */
export class ResultStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  /**
   * Lets readers see an analysis, all in the caller's transaction: its results, and those carried over unchanged from
   * the analysis that readers saw before.
   */
  async publish(
    analysisId: string,
    results: ServiceResult[],
    carriedOver: { fromAnalysisId: string; entityRefs: string[] } | undefined,
    tx: Knex,
  ): Promise<void> {
    // a run that was cut off after a restart may have left rows
    await tx<RawDbResultRow>('analysis_results')
      .where({ analysis_id: analysisId })
      .delete();
    // writing those of a fleet at once would keep the process from all else for seconds
    for await (const batch of inYieldingBatches(results, ROWS_PER_TURN)) {
      await insertInBulk(
        tx,
        RESULTS,
        batch.map(result => rowFromResult(analysisId, result)),
      );
    }
    for (const refs of inBatches(
      carriedOver?.entityRefs ?? [],
      REFS_PER_STATEMENT,
    )) {
      await tx
        .into(
          tx.raw('?? (??, ??)', [
            'analysis_results',
            'analysis_id',
            COPIED_COLUMNS,
          ]),
        )
        .insert(
          tx('analysis_results')
            .select(tx.raw('?', [analysisId]), ...COPIED_COLUMNS)
            .where('analysis_id', carriedOver?.fromAnalysisId)
            .whereIn('entity_ref', refs),
        );
    }
    // those carried over may be of a version that went by the clock of a replica
    await tx<RawDbResultRow>('analysis_results')
      .where({ analysis_id: analysisId })
      .where('as_of', '>', databaseInstant(tx))
      .update({ as_of: databaseInstant(tx) });
    const before = await tx<RawDbSnapshotRow>('snapshots')
      .where({ id: SNAPSHOT_ID })
      .pluck('analysis_id');
    await tx<RawDbSnapshotRow>('snapshots')
      .insert({ id: SNAPSHOT_ID, analysis_id: analysisId })
      .onConflict('id')
      .merge();
    // who turns pages still sees the analysis before; older ones nobody does, and each fleet has megabytes of them
    await tx<RawDbResultRow>('analysis_results')
      .whereNotIn('analysis_id', [analysisId, ...before])
      .delete();
  }

  /** The analysis that readers see; undefined before the first one. */
  async getCurrentAnalysisId(): Promise<string | undefined> {
    const row = await this.#db<RawDbSnapshotRow>('snapshots')
      .where({ id: SNAPSHOT_ID })
      .first();
    return row?.analysis_id;
  }

  /** The newest instant of the results that readers see; undefined before the first analysis. */
  async getCurrentAsOf(): Promise<string | undefined> {
    const row = await this.#current().max({ asOf: 'as_of' }).first();
    return row?.asOf ?? undefined;
  }

  /** Returns the end of the newest hour that the results of a datasource rest on, by its id. */
  async getDataUntil(): Promise<Map<string, string>> {
    const rows = await this.#current()
      .whereNotNull('datasource_id')
      .whereNotNull('data_until')
      .groupBy('datasource_id')
      .select({
        id: 'datasource_id',
        until: this.#db.max('data_until'),
      });
    return new Map(rows.map(({ id, until }) => [id, until]));
  }

  /** The result of one service that readers see. */
  async getCurrent(
    entityRef: string,
  ): Promise<{ analysisId: string; result: ServiceResult } | undefined> {
    const row: RawDbResultRow | undefined = await this.#current()
      .where({ entity_ref: entityRef })
      .first();
    const result = row && resultFromRow(row);
    return result && { analysisId: row.analysis_id, result };
  }

  /** The results that readers see, of all services at once. */
  async listCurrent(): Promise<ResultFigures[]> {
    return this.#current().select<ResultFigures[]>({
      entityRef: 'entity_ref',
      asOf: 'as_of',
      verdict: 'verdict',
      achieved: 'achieved',
      recommendedObjective: 'recommended_objective',
      budgetRemaining: 'budget_remaining',
    });
  }

  /** The results of an analysis in short, by entity reference. */
  async getOutlines(analysisId: string): Promise<Map<string, ResultOutline>> {
    const rows: RawDbResultRow[] = await this.#readable()
      .where({ analysis_id: analysisId })
      .select('entity_ref', 'as_of', 'requests', 'inputs_key');
    return new Map(
      rows.map(row => [
        row.entity_ref,
        {
          asOf: row.as_of,
          requests: row.requests,
          inputsKey: row.inputs_key,
        },
      ]),
    );
  }

  #current() {
    return this.#readable().whereIn(
      'analysis_id',
      this.#db<RawDbSnapshotRow>('snapshots')
        .select('analysis_id')
        .where({ id: SNAPSHOT_ID }),
    );
  }

  #readable() {
    return this.#db('analysis_results')
      .where({ kind: RECOMMENDATIONS, environment: ALL_ENVIRONMENTS })
      .whereIn('version', READABLE_VERSIONS);
  }
}
