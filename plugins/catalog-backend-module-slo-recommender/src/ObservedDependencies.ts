import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';

const REFRESH_MS = 5 * 60_000;
const RETRY_MS = 30_000;
const TIMEOUT_MS = 30_000;

/** An answer this old says nothing any more of what calls what. */
export const MAX_AGE_MS = 24 * 3_600_000;

/** An edge between two entities of the catalog. */
export interface ObservedDependency {
  /** Entity references. */
  source: string;
  target: string;
}

/** Gives every edge that was observed and that nobody declared. */
export type FetchObserved = (
  signal: AbortSignal,
) => Promise<ObservedDependency[]>;

/** Callees of an entity as of an instant. */
export interface ObservedCallees {
  /** Entity references, in order. */
  entityRefs: string[];
  /** Epoch milliseconds. */
  asOf: number;
}

/**
 * The last good answer of the backend of SLO Recommender, kept in memory and renewed in the background: who asks for the
 * callees of an entity never waits.
 */
export class ObservedDependencies {
  readonly #fetchObserved: FetchObserved;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  #answer: { callees: Map<string, string[]>; asOf: number } | undefined;
  #attemptedAt = -Infinity;
  #pending: Promise<void> | undefined;
  #isFailing = false;

  constructor(options: {
    fetchObserved: FetchObserved;
    logger: LoggerService;
    now: () => Date;
  }) {
    this.#fetchObserved = options.fetchObserved;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /** Undefined where there is no answer, or none of the last day. */
  calleesOf(entityRef: string): ObservedCallees | undefined {
    const answer = this.#answer;
    if (!answer || this.#now().getTime() - answer.asOf > MAX_AGE_MS) {
      return undefined;
    }
    return {
      entityRefs: answer.callees.get(entityRef) ?? [],
      asOf: answer.asOf,
    };
  }

  /**
   * Asks anew where the answer is some minutes old, once at a time. Never rejects: the answer before stands.
   *
   * @param shutdown - ends the request
   */
  async refreshWhenDue(shutdown: AbortSignal): Promise<void> {
    const nowMs = this.#now().getTime();
    const pause = this.#isFailing ? RETRY_MS : REFRESH_MS;
    if (this.#pending || nowMs - this.#attemptedAt < pause) {
      await this.#pending;
      return;
    }
    this.#attemptedAt = nowMs;
    this.#pending = this.#refresh(nowMs, shutdown);
    await this.#pending;
    this.#pending = undefined;
  }

  async #refresh(nowMs: number, shutdown: AbortSignal): Promise<void> {
    try {
      const observed = await this.#fetchObserved(
        AbortSignal.any([shutdown, AbortSignal.timeout(TIMEOUT_MS)]),
      );
      const callees = new Map<string, string[]>();
      for (const { source, target } of observed) {
        if (source === target) continue;
        const known = callees.get(source);
        if (known) known.push(target);
        else callees.set(source, [target]);
      }
      callees.forEach(entityRefs => entityRefs.sort());
      this.#answer = { callees, asOf: nowMs };
      if (this.#isFailing) {
        this.#logger.info('Observed dependencies can be read again.');
      }
      this.#isFailing = false;
    } catch (error) {
      if (shutdown.aborted) return;
      // a backend that stays away is news once
      if (!this.#isFailing) {
        this.#logger.warn(
          `Observed dependencies cannot be read from SLO Recommender, and the catalog keeps the relations it has for a day: ${stringifyError(
            error,
          )}`,
        );
      }
      this.#isFailing = true;
    }
  }
}
