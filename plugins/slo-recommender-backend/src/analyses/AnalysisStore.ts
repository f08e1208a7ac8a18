import type { BackfillProgress } from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import {
  inBatches,
  lockUntilCommit,
  REFS_PER_STATEMENT,
} from '../kernel/database/database';

export type AnalysisStatus = 'queued' | 'running' | 'completed' | 'failed';

/** Order in which queued analyses run: what is due does not wait for what callers ask for. */
const PRIORITY: Record<AnalysisTrigger, number> = {
  schedule: 1,
  catalog: 2,
  request: 3,
};

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
  /** Null if it was due. */
  requestedBy: string | null;
  startedAt: string | null;
  finishedAt: string | null;
}

interface RawDbAnalysisRow extends Pick<
  Analysis,
  'id' | 'trigger' | 'status' | 'progress' | 'phase' | 'services' | 'error'
> {
  as_of: string;
  entity_refs: string | null;
  requested_by: string | null;
  backfill: string | null;
  requested_at: string;
  started_at: string | null;
  finished_at: string | null;
}

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
    requestedBy: row.requested_by,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

/** Orders for analyses, with their progress and how they ended. */
export class AnalysisStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  /** Does work that must see every order of the queue, one process at a time. */
  withQueueLocked<T>(work: (queue: AnalysisStore) => Promise<T>): Promise<T> {
    return this.#db.transaction(async tx => {
      await lockUntilCommit(tx, 'analysis-queue');
      return work(new AnalysisStore(tx));
    });
  }

  async enqueue(analysis: {
    id: string;
    trigger: AnalysisTrigger;
    asOf: Date;
    entityRefs: string[] | null;
    requestedAt: Date;
    requestedBy?: string;
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
      requested_by: analysis.requestedBy ?? null,
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

  /** Lets a queued analysis run with the priority of another trigger. */
  async setTrigger(id: string, trigger: AnalysisTrigger): Promise<void> {
    await this.#db<RawDbAnalysisRow>('analyses')
      .where({ id, status: 'queued' })
      .update({ trigger });
  }

  /** The running analysis or else the one that is next. */
  async nextActive(): Promise<Analysis | undefined> {
    const row = await this.#db<RawDbAnalysisRow>('analyses')
      .whereIn('status', ['queued', 'running'])
      .orderByRaw(
        `case when status = 'running' then 0 ${Object.entries(PRIORITY)
          .map(
            ([trigger, rank]) => `when "trigger" = '${trigger}' then ${rank}`,
          )
          .join(' ')} end`,
      )
      .orderBy('requested_at')
      .orderBy('id')
      .first();
    return row && analysisFromRow(row);
  }

  /** Whether an analysis waits or runs that nobody had to ask for. */
  async isAnyDue(): Promise<boolean> {
    const row = await this.#db<RawDbAnalysisRow>('analyses')
      .whereIn('status', ['queued', 'running'])
      .whereNot({ trigger: 'request' })
      .first('id');
    return row !== undefined;
  }

  /** Returns how many analyses wait that callers asked for: of all of them, and of one. */
  async countRequested(
    requestedBy: string,
  ): Promise<{ all: number; own: number }> {
    const callers = await this.#db<RawDbAnalysisRow>('analyses')
      .where({ status: 'queued', trigger: 'request' })
      .pluck('requested_by');
    return {
      all: callers.length,
      own: callers.filter(caller => caller === requestedBy).length,
    };
  }

  /** Returns how many analyses wait, and how many run. */
  async countActive(): Promise<Record<'queued' | 'running', number>> {
    const rows = await this.#db<RawDbAnalysisRow>('analyses')
      .whereIn('status', ['queued', 'running'])
      .groupBy('status')
      .select('status')
      .count({ count: '*' });
    const counted = new Map(
      rows.map(({ status, count }) => [status, Number(count)]),
    );
    return {
      queued: counted.get('queued') ?? 0,
      running: counted.get('running') ?? 0,
    };
  }

  /**
   * The analysis that finished last, whether it completed or failed.
   *
   * @param until - later ones do not count: versions that went by the clock of a replica could write such.
   */
  async getLatestFinished(
    trigger?: AnalysisTrigger,
    until?: Date,
  ): Promise<Analysis | undefined> {
    const finished = this.#db<RawDbAnalysisRow>('analyses')
      .whereIn('status', ['completed', 'failed'])
      .orderBy('finished_at', 'desc')
      .first();
    if (trigger) finished.where({ trigger });
    if (until) finished.where('finished_at', '<=', until.toISOString());
    const row = await finished;
    return row && analysisFromRow(row);
  }

  async start(id: string, at: Date, tx: Knex = this.#db): Promise<void> {
    await tx<RawDbAnalysisRow>('analyses').where({ id }).update({
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

  /** Fails an analysis in the caller's transaction, the one that holds the lease. */
  async fail(id: string, error: string, at: Date, tx: Knex): Promise<void> {
    await tx<RawDbAnalysisRow>('analyses').where({ id }).update({
      status: 'failed',
      phase: 'Failed',
      backfill: null,
      error,
      finished_at: at.toISOString(),
    });
  }

  /** Completes an analysis in the caller's transaction, the one that publishes its results. */
  async complete(
    id: string,
    services: number,
    at: Date,
    tx: Knex,
  ): Promise<void> {
    await tx<RawDbAnalysisRow>('analyses').where({ id }).update({
      status: 'completed',
      progress: 1,
      phase: 'Completed',
      backfill: null,
      services,
      finished_at: at.toISOString(),
    });
  }

  /**
   * Deletes finished analyses, with what was stored for them: all but the newest `keep` that were requested, the newest
   * `keep` others, the one that readers see, and the last ones of the whole fleet.
   */
  async prune(keep: number, currentId: string | undefined): Promise<void> {
    // still read, however many analyses of some services have followed
    const [scheduled, ofWholeFleet] = await Promise.all([
      this.getLatestFinished('schedule'),
      this.#db<RawDbAnalysisRow>('analyses')
        .where({ status: 'completed', entity_refs: null })
        .orderBy('finished_at', 'desc')
        .first('id'),
    ]);
    const spared = new Set([currentId, scheduled?.id, ofWholeFleet?.id]);
    await this.#prune(keep, ['request'], spared);
    await this.#prune(keep, ['schedule', 'catalog'], spared);
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
      await this.#db('analyses').whereIn('id', ids).delete();
    }
  }
}
