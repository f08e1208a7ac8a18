import type {
  BackfillProgress,
  Recommendation,
  Verdict,
} from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import { yieldToEventLoop } from '../kernel/concurrency/yieldToEventLoop';
import {
  inBatches,
  REFS_PER_STATEMENT,
  ROWS_PER_STATEMENT,
} from '../kernel/database/database';

export type AnalysisStatus = 'queued' | 'running' | 'completed' | 'failed';

/** Who asked: a caller of the API, the hourly schedule, or a service that is new in the catalog. */
export type AnalysisTrigger = 'request' | 'schedule' | 'catalog';

export interface Analysis {
  id: string;
  trigger: AnalysisTrigger;
  asOf: string;
  /** Null is every service. */
  entityRefs: string[] | null;
  status: AnalysisStatus;
  progress: number;
  phase: string;
  services: number;
  /** How far the fetching of missing hours is; null where nothing is being fetched. */
  backfill: BackfillProgress | null;
  error: string | null;
  requestedAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

/** A recommendation without the daily history, which is read from the counts. */
export type StoredRecommendation = Omit<Recommendation, 'history'>;

/** What an analysis says of one service. */
export interface ServiceResult {
  entityRef: string;
  asOf: string;
  verdict: Verdict;
  achieved: number | null;
  requests: number | null;
  recommendedObjective: number | null;
  budgetRemaining: number | null;
  windowMs: number;
  datasourceId: string | null;
  simulated: boolean;
  /** What the result rests on beside the counts. */
  inputsKey: string;
  recommendations: StoredRecommendation[];
}

/** A result in short. */
export type ResultOutline = Pick<
  ServiceResult,
  'asOf' | 'requests' | 'inputsKey'
>;

interface RawDbAnalysisRow {
  id: string;
  trigger: AnalysisTrigger;
  as_of: string;
  entity_refs: string | null;
  status: AnalysisStatus;
  progress: number;
  phase: string;
  services: number;
  backfill: string | null;
  error: string | null;
  requested_at: string;
  started_at: string | null;
  finished_at: string | null;
}

export interface RawDbResultRow {
  analysis_id: string;
  entity_ref: string;
  as_of: string;
  verdict: Verdict;
  achieved: number | null;
  requests: number | null;
  recommended_objective: number | null;
  budget_remaining: number | null;
  window_ms: number | string;
  datasource_id: string | null;
  simulated: boolean | number;
  inputs_key: string;
  recommendations: string;
}

interface RawDbSnapshotRow {
  id: number;
  analysis_id: string;
}

const SNAPSHOT_ID = 1;

function analysisFromRow(row: RawDbAnalysisRow): Analysis {
  return {
    id: row.id,
    trigger: row.trigger,
    asOf: row.as_of,
    entityRefs: row.entity_refs === null ? null : JSON.parse(row.entity_refs),
    status: row.status,
    progress: row.progress,
    phase: row.phase,
    services: row.services,
    backfill: row.backfill === null ? null : JSON.parse(row.backfill),
    error: row.error,
    requestedAt: row.requested_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

function resultFromRow(row: RawDbResultRow): ServiceResult {
  return {
    entityRef: row.entity_ref,
    asOf: row.as_of,
    verdict: row.verdict,
    achieved: row.achieved,
    requests: row.requests,
    recommendedObjective: row.recommended_objective,
    budgetRemaining: row.budget_remaining,
    windowMs: Number(row.window_ms),
    datasourceId: row.datasource_id,
    simulated: Boolean(row.simulated),
    inputsKey: row.inputs_key,
    recommendations: JSON.parse(row.recommendations),
  };
}

/** Analyses, their results, and which of them readers see. */
export class AnalysisStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async enqueue(analysis: {
    id: string;
    trigger: AnalysisTrigger;
    asOf: Date;
    entityRefs: string[] | null;
    requestedAt: Date;
  }): Promise<void> {
    await this.#db<RawDbAnalysisRow>('analyses').insert({
      id: analysis.id,
      trigger: analysis.trigger,
      as_of: analysis.asOf.toISOString(),
      entity_refs: analysis.entityRefs && JSON.stringify(analysis.entityRefs),
      status: 'queued',
      progress: 0,
      phase: 'Waiting for its turn',
      services: 0,
      requested_at: analysis.requestedAt.toISOString(),
    });
  }

  async get(id: string): Promise<Analysis | undefined> {
    const row = await this.#db<RawDbAnalysisRow>('analyses')
      .where({ id })
      .first();
    return row && analysisFromRow(row);
  }

  /** An analysis of the same services as of the same instant that has not begun. */
  async findQueued(
    asOf: Date,
    entityRefs: string[] | null,
  ): Promise<Analysis | undefined> {
    const row = await this.#db<RawDbAnalysisRow>('analyses')
      .where({
        status: 'queued',
        as_of: asOf.toISOString(),
        entity_refs: entityRefs && JSON.stringify(entityRefs),
      })
      .first();
    return row && analysisFromRow(row);
  }

  /** The running analysis or else the one that waits longest. */
  async nextActive(): Promise<Analysis | undefined> {
    const rows = await this.#db<RawDbAnalysisRow>('analyses')
      .whereIn('status', ['queued', 'running'])
      .orderBy('requested_at')
      .orderBy('id');
    const row = rows.find(({ status }) => status === 'running') ?? rows[0];
    return row && analysisFromRow(row);
  }

  /** The analysis that finished last, whether it completed or failed. */
  async getLatestFinished(
    trigger?: AnalysisTrigger,
  ): Promise<Analysis | undefined> {
    const finished = this.#db<RawDbAnalysisRow>('analyses')
      .whereIn('status', ['completed', 'failed'])
      .orderBy('finished_at', 'desc')
      .first();
    if (trigger) finished.where({ trigger });
    const row = await finished;
    return row && analysisFromRow(row);
  }

  async start(id: string, at: Date): Promise<void> {
    await this.#db<RawDbAnalysisRow>('analyses').where({ id }).update({
      status: 'running',
      progress: 0,
      phase: 'Reading the catalog',
      backfill: null,
      started_at: at.toISOString(),
    });
  }

  async setProgress(
    id: string,
    progress: Pick<Analysis, 'phase' | 'progress' | 'services' | 'backfill'>,
  ): Promise<void> {
    await this.#db<RawDbAnalysisRow>('analyses')
      .where({ id, status: 'running' })
      .update({
        ...progress,
        backfill: progress.backfill && JSON.stringify(progress.backfill),
      });
  }

  async fail(id: string, error: string, at: Date): Promise<void> {
    await this.#db<RawDbAnalysisRow>('analyses').where({ id }).update({
      status: 'failed',
      phase: 'Failed',
      backfill: null,
      error,
      finished_at: at.toISOString(),
    });
  }

  /**
   * Completes an analysis and lets readers see it, all in the caller's transaction: results of this analysis, and
   * those carried over unchanged from the analysis that readers saw before.
   */
  async publish(
    id: string,
    results: ServiceResult[],
    carriedOver: { fromAnalysisId: string; entityRefs: string[] } | undefined,
    at: Date,
    tx: Knex,
  ): Promise<void> {
    // a run that was cut off after a restart may have left rows
    await tx<RawDbResultRow>('analysis_results')
      .where({ analysis_id: id })
      .delete();
    for (const batch of inBatches(results, ROWS_PER_STATEMENT)) {
      await tx<RawDbResultRow>('analysis_results').insert(
        batch.map(result => ({
          analysis_id: id,
          entity_ref: result.entityRef,
          as_of: result.asOf,
          verdict: result.verdict,
          achieved: result.achieved,
          requests: result.requests,
          recommended_objective: result.recommendedObjective,
          budget_remaining: result.budgetRemaining,
          window_ms: result.windowMs,
          datasource_id: result.datasourceId,
          simulated: result.simulated,
          inputs_key: result.inputsKey,
          recommendations: JSON.stringify(result.recommendations),
        })),
      );
      await yieldToEventLoop();
    }
    const columns = [
      'entity_ref',
      'as_of',
      'verdict',
      'achieved',
      'requests',
      'recommended_objective',
      'budget_remaining',
      'window_ms',
      'datasource_id',
      'simulated',
      'inputs_key',
      'recommendations',
    ];
    for (const refs of inBatches(
      carriedOver?.entityRefs ?? [],
      REFS_PER_STATEMENT,
    )) {
      await tx
        .into(
          tx.raw('?? (??, ??)', ['analysis_results', 'analysis_id', columns]),
        )
        .insert(
          tx('analysis_results')
            .select(tx.raw('?', [id]), ...columns)
            .where('analysis_id', carriedOver?.fromAnalysisId)
            .whereIn('entity_ref', refs),
        );
    }
    await tx<RawDbAnalysisRow>('analyses').where({ id }).update({
      status: 'completed',
      progress: 1,
      phase: 'Completed',
      backfill: null,
      services: results.length,
      finished_at: at.toISOString(),
    });
    const before = await tx<RawDbSnapshotRow>('snapshots')
      .where({ id: SNAPSHOT_ID })
      .pluck('analysis_id');
    await tx<RawDbSnapshotRow>('snapshots')
      .insert({ id: SNAPSHOT_ID, analysis_id: id })
      .onConflict('id')
      .merge();
    // who turns pages still sees the analysis before; older ones nobody does, and each fleet has megabytes of them
    await tx<RawDbResultRow>('analysis_results')
      .whereNotIn('analysis_id', [id, ...before])
      .delete();
  }

  /** The analysis that readers see; undefined before the first one. */
  async getCurrent(): Promise<Analysis | undefined> {
    const row = await this.#db<RawDbAnalysisRow>('analyses')
      .whereIn(
        'id',
        this.#db<RawDbSnapshotRow>('snapshots')
          .select('analysis_id')
          .where({ id: SNAPSHOT_ID }),
      )
      .first();
    return row && analysisFromRow(row);
  }

  /** The newest instant of the results that readers see; undefined before the first analysis. */
  async getCurrentAsOf(): Promise<string | undefined> {
    const row = await this.#db('analysis_results')
      .whereIn(
        'analysis_id',
        this.#db<RawDbSnapshotRow>('snapshots')
          .select('analysis_id')
          .where({ id: SNAPSHOT_ID }),
      )
      .max({ asOf: 'as_of' })
      .first();
    return row?.asOf ?? undefined;
  }

  /** The result of one service in the analysis that readers see. */
  async getCurrentResult(
    entityRef: string,
  ): Promise<{ analysisId: string; result: ServiceResult } | undefined> {
    const row = await this.#db<RawDbResultRow>('analysis_results')
      .where({ entity_ref: entityRef })
      .whereIn(
        'analysis_id',
        this.#db<RawDbSnapshotRow>('snapshots')
          .select('analysis_id')
          .where({ id: SNAPSHOT_ID }),
      )
      .first();
    return row && { analysisId: row.analysis_id, result: resultFromRow(row) };
  }

  /** The results of an analysis in short, by entity reference. */
  async getOutlines(analysisId: string): Promise<Map<string, ResultOutline>> {
    const rows = await this.#db<RawDbResultRow>('analysis_results')
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

  /**
   * Removes finished analyses with their results: all but the newest `keep` that were requested, the newest `keep`
   * others, the one that readers see, and the last ones of the whole fleet.
   */
  async prune(keep: number): Promise<void> {
    const spared = await this.#spared();
    await this.#prune(keep, ['request'], spared);
    await this.#prune(keep, ['schedule', 'catalog'], spared);
  }

  /** What is still read, however many analyses of some services have followed. */
  async #spared(): Promise<Set<string | undefined>> {
    const [current, scheduled, ofWholeFleet] = await Promise.all([
      this.getCurrent(),
      this.getLatestFinished('schedule'),
      this.#db<RawDbAnalysisRow>('analyses')
        .where({ status: 'completed', entity_refs: null })
        .orderBy('finished_at', 'desc')
        .first('id'),
    ]);
    return new Set([current?.id, scheduled?.id, ofWholeFleet?.id]);
  }

  async #prune(
    keep: number,
    triggers: AnalysisTrigger[],
    spared: Set<string | undefined>,
  ): Promise<void> {
    const old = await this.#db<RawDbAnalysisRow>('analyses')
      .whereIn('status', ['completed', 'failed'])
      .whereIn('trigger', triggers)
      .orderBy('requested_at', 'desc')
      .offset(keep)
      .limit(1_000)
      .pluck('id');
    for (const ids of inBatches(
      old.filter(id => !spared.has(id)),
      REFS_PER_STATEMENT,
    )) {
      await this.#db('analysis_results').whereIn('analysis_id', ids).delete();
      await this.#db('analyses').whereIn('id', ids).delete();
    }
  }
}
