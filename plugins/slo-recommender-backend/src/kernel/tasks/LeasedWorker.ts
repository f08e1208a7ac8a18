import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { Lease, LeaseStore } from './LeaseStore';

/** Renewals of a lease before it would expire: some may fail to arrive in time. */
const RENEWALS_PER_DURATION = 4;

export interface LeasedWorkerOptions {
  /** Name of the lease under which one replica at a time works. */
  lease: string;
  /** Distinguishes this process from other replicas. */
  holder: string;
  /** What the log calls the work. */
  subject: string;
  leases: LeaseStore;
  logger: LoggerService;
  /** Aborts when the backend shuts down. */
  shutdownSignal: AbortSignal;
  hasWork(): Promise<boolean>;
  /** Works until nothing is left, or until the signal aborts. */
  work(lease: Lease, signal: AbortSignal): Promise<void>;
}

/** Does work that one replica at a time may do, and that another takes up if this one stops. */
export class LeasedWorker {
  readonly #options: LeasedWorkerOptions;
  #working: Promise<void> | undefined;
  #isWanted = false;

  constructor(options: LeasedWorkerOptions) {
    this.#options = options;
  }

  /** Works until nothing is left, or returns at once if another replica holds the lease. Never rejects. */
  wake(): Promise<void> {
    this.#isWanted = true;
    this.#working ??= this.#workWhileWanted().finally(() => {
      this.#working = undefined;
    });
    return this.#working;
  }

  /** A call that arrives after the final look for work but before the lease is released must trigger another pass. */
  async #workWhileWanted(): Promise<void> {
    const { subject, logger } = this.#options;
    while (this.#isWanted) {
      this.#isWanted = false;
      try {
        await this.#pass();
      } catch (error) {
        logger.error(`${subject} cannot be run: ${stringifyError(error)}`);
      }
    }
  }

  async #pass(): Promise<void> {
    const { leases, holder, hasWork, work, shutdownSignal } = this.#options;
    if (shutdownSignal.aborted || !(await hasWork())) return;
    const lease = await leases.acquire(this.#options.lease, holder);
    if (!lease) return;
    const lost = new AbortController();
    let renewing = Promise.resolve();
    const renewal = setInterval(() => {
      renewing = renewing.then(() => this.#renew(lease, lost));
    }, leases.durationMs / RENEWALS_PER_DURATION);
    try {
      await work(lease, AbortSignal.any([lost.signal, shutdownSignal]));
    } finally {
      clearInterval(renewal);
      // a renewal that ended after the release would keep the others out until it expires
      await renewing;
      await leases.release(lease);
    }
  }

  async #renew(lease: Lease, lost: AbortController): Promise<void> {
    if (lost.signal.aborted) return;
    const { leases, subject, logger } = this.#options;
    try {
      await leases.renew(lease);
    } catch (error) {
      logger.warn(
        `${subject} are interrupted, as their lease could not be renewed: ${stringifyError(
          error,
        )}`,
      );
      lost.abort(error);
    }
  }
}
