import { stringifyError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { AnalysisStore } from './AnalysisStore';
import type { ResultStore } from '../recommendations';
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
      ended(signal.aborted ? 'interrupted' : 'failed');
      if (signal.aborted) return;
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
