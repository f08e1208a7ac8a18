import { setTimeout } from 'timers/promises';
import { stringifyError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { AnalysisStore } from './AnalysisStore';
import type { ResultStore } from '../recommendations';
import { isConnectionLoss } from '../kernel/database/databaseFailures';
import { AnalysisFailure } from '../kernel/tasks/analysis';
import type { AnalysisOutcome, Metrics } from '../kernel/metrics/Metrics';
import {
  LeasedWorker,
  type LeasedWorkerOptions,
} from '../kernel/tasks/LeasedWorker';
import type { Lease } from '../kernel/tasks/LeaseStore';
import type { AnalysisRunner } from './AnalysisRunner';

/** Name of the lease under which one replica at a time runs analyses. */
const LEASE = 'analysis';

/** Finished analyses that are kept beside the one that readers see. */
const KEEP_FINISHED = 50;

/** How often an analysis is tried in all if it loses the connection to the database, and the pause between. */
const MOST_ATTEMPTS = 3;
const RETRY_MS = 1_000;

export interface AnalysisWorkerOptions extends Pick<
  LeasedWorkerOptions,
  'holder' | 'leases' | 'logger' | 'shutdownSignal'
> {
  database: Knex;
  analyses: AnalysisStore;
  results: Pick<ResultStore, 'getCurrentAnalysisId'>;
  metrics: Pick<Metrics, 'analysisEnded'>;
  runner: Pick<AnalysisRunner, 'run'>;
  now: () => Date;
}

/** Runs queued analyses, one at a time over all replicas, and takes up those that a stopped replica left behind. */
export class AnalysisWorker {
  readonly #options: AnalysisWorkerOptions;
  readonly #worker: LeasedWorker;
  /** Of the analysis that lost its connection last. */
  #attempts: { id: string; made: number } | undefined;

  constructor(options: AnalysisWorkerOptions) {
    this.#options = options;
    const { analyses } = options;
    this.#worker = new LeasedWorker({
      ...options,
      lease: LEASE,
      subject: 'Analyses',
      hasWork: async () => (await analyses.nextActive()) !== undefined,
      work: (lease, signal) => this.#runQueued(lease, signal),
    });
  }

  /** Runs what is queued until nothing is, or returns at once if another replica does. Never rejects. */
  drain(): Promise<void> {
    return this.#worker.wake();
  }

  async #runQueued(lease: Lease, signal: AbortSignal): Promise<void> {
    const { analyses, results } = this.#options;
    for (
      let analysis = await analyses.nextActive();
      analysis && !signal.aborted;
      analysis = await analyses.nextActive()
    ) {
      await this.#run(analysis.id, lease, signal);
    }
    if (!signal.aborted) {
      await analyses.prune(KEEP_FINISHED, await results.getCurrentAnalysisId());
    }
  }

  /** What was fetched before a connection broke is stored, so another attempt costs little. */
  #mayTryAgain(id: string): boolean {
    const attempts = this.#attempts?.id === id ? this.#attempts.made : 1;
    this.#attempts = { id, made: attempts + 1 };
    return attempts < MOST_ATTEMPTS;
  }

  async #run(id: string, lease: Lease, signal: AbortSignal): Promise<void> {
    const { analyses, database, leases, metrics, runner, logger, now } =
      this.#options;
    await database.transaction(async tx => {
      // another replica may have completed it since it was read
      await leases.renew(lease, tx);
      await analyses.start(id, now(), tx);
    });
    const analysis = await analyses.get(id);
    if (!analysis) return;
    const beganAtMs = performance.now();
    const ended = (outcome: AnalysisOutcome) =>
      metrics.analysisEnded(
        analysis.trigger,
        outcome,
        (performance.now() - beganAtMs) / 1_000,
      );
    try {
      await runner.run(analysis, lease, signal);
      ended('completed');
      logger.info(`Analysis as of ${analysis.asOf} completed`);
    } catch (error) {
      // an interrupted analysis stays as it is: the next holder of the lease begins it anew
      const isLost = !signal.aborted && isConnectionLoss(error);
      const isBegunAnew = isLost && this.#mayTryAgain(id);
      ended(signal.aborted || isBegunAnew ? 'interrupted' : 'failed');
      if (signal.aborted) return;
      if (isBegunAnew) {
        logger.warn(
          `Analysis ${id} lost its connection to the database and is begun anew: ${stringifyError(error)}`,
        );
      }
      // the pool takes a moment to notice
      if (isLost) await setTimeout(RETRY_MS);
      if (isBegunAnew) return;
      await database.transaction(async tx => {
        // publishing may be the first to find the lease lost: then the analysis is another replica's
        await leases.renew(lease, tx);
        await analyses.fail(
          id,
          error instanceof AnalysisFailure
            ? error.message
            : `An unexpected fault, described in the backend's log for analysis ${id}. What was published before stays.`,
          now(),
          tx,
        );
      });
      logger.warn(
        `Analysis ${id} as of ${analysis.asOf} failed: ${stringifyError(error)}`,
      );
    }
  }
}
