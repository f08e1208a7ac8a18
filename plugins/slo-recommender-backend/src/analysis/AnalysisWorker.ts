import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { AnalysisStore, ResultStore } from '../store';
import type { Lease, LeaseStore } from '../kernel/tasks/LeaseStore';
import { AnalysisFailure, type AnalysisRunner } from './AnalysisRunner';

/** Name of the lease under which one replica at a time runs analyses. */
const LEASE = 'analysis';

/** Must be well below the lease's duration. */
const RENEWAL_MS = 5_000;

/** Finished analyses that are kept beside the one that readers see. */
const KEEP_FINISHED = 50;

export interface AnalysisWorkerOptions {
  analyses: AnalysisStore;
  results: ResultStore;
  leases: LeaseStore;
  runner: AnalysisRunner;
  logger: LoggerService;
  /** Distinguishes this process from other replicas. */
  holder: string;
  now: () => Date;
  /** Aborts when the backend shuts down. */
  shutdownSignal: AbortSignal;
}

/** Runs queued analyses, one at a time over all replicas, and takes up those that a stopped replica left behind. */
export class AnalysisWorker {
  readonly #options: AnalysisWorkerOptions;
  #draining: Promise<void> | undefined;
  #wanted = false;

  constructor(options: AnalysisWorkerOptions) {
    this.#options = options;
  }

  /** Runs what is queued until nothing is, or returns at once where another replica is at it. Never rejects. */
  drain(): Promise<void> {
    this.#wanted = true;
    this.#draining ??= this.#drainWhileWanted().finally(() => {
      this.#draining = undefined;
    });
    return this.#draining;
  }

  /** An order that comes while the last look at the queue is over and the lease not yet given back wants another look. */
  async #drainWhileWanted(): Promise<void> {
    while (this.#wanted) {
      this.#wanted = false;
      try {
        await this.#drain();
      } catch (error) {
        this.#options.logger.error(
          `Analyses cannot be run: ${stringifyError(error)}`,
        );
      }
    }
  }

  async #drain(): Promise<void> {
    const { analyses, results, leases, holder, shutdownSignal } = this.#options;
    if (shutdownSignal.aborted || !(await analyses.nextActive())) return;
    const lease = await leases.acquire(LEASE, holder);
    if (!lease) return;
    const lost = new AbortController();
    const signal = AbortSignal.any([lost.signal, shutdownSignal]);
    const renewal = setInterval(
      () => leases.renew(lease).catch(error => lost.abort(error)),
      RENEWAL_MS,
    );
    try {
      for (
        let analysis = await analyses.nextActive();
        analysis && !signal.aborted;
        analysis = await analyses.nextActive()
      ) {
        await this.#run(analysis.id, lease, signal);
      }
      if (!signal.aborted) {
        await analyses.prune(
          KEEP_FINISHED,
          await results.getCurrentAnalysisId(),
        );
      }
    } finally {
      clearInterval(renewal);
      await leases.release(lease);
    }
  }

  async #run(id: string, lease: Lease, signal: AbortSignal): Promise<void> {
    const { analyses, runner, logger, now } = this.#options;
    await analyses.start(id, now());
    const analysis = await analyses.get(id);
    if (!analysis) return;
    try {
      await runner.run(analysis, lease, signal);
      logger.info(`Analysis as of ${analysis.asOf} completed`);
    } catch (error) {
      // an analysis that was interrupted stays as it is: whoever takes the lease next begins it anew
      if (signal.aborted) return;
      logger.warn(
        `Analysis ${id} as of ${analysis.asOf} failed: ${stringifyError(error)}`,
      );
      await analyses.fail(
        id,
        error instanceof AnalysisFailure
          ? error.message
          : `An unexpected fault, described in the backend's log for analysis ${id}. What was published before stays.`,
        now(),
      );
    }
  }
}
