import { randomUUID } from 'crypto';
import { InputError } from '@backstage/errors';
import type { EntityStore } from '../catalog';
import { TooManyRequestsError } from '../kernel/http/TooManyRequestsError';
import { settledHour } from '../kernel/time/hours';
import { requireInstant } from '../kernel/time/requireInstant';
import type { AnalysisStore, AnalysisTrigger } from './AnalysisStore';

/** Most analyses that wait because callers asked for them: of one caller, and of all. */
const MOST_WAITING_OF_CALLER = 10;
const MOST_WAITING = 50;

/** An analysis takes from seconds to minutes. */
const RETRY_AFTER_SECONDS = 60;

export interface AnalysisQueueOptions {
  analyses: AnalysisStore;
  entities: EntityStore;
  now: () => Date;
  /** Called when there is something to do. */
  wake: () => void;
}

/** Takes orders for analyses. */
export class AnalysisQueue {
  readonly #options: AnalysisQueueOptions;

  constructor(options: AnalysisQueueOptions) {
    this.#options = options;
  }

  /**
   * Puts an analysis in the queue, or joins the order to one for the same services as of the same instant that waits.
   *
   * @returns the id of the analysis.
   * @throws InputError if the instant lies in the future or a service is not known.
   * @throws TooManyRequestsError if too many wait already.
   */
  async add(
    order: {
      asOf?: Date;
      entityRefs?: string[];
      /** Which entities the caller may read; all if absent. */
      mayRead?: (entityRef: string) => boolean;
    } & (
      | { trigger: 'request'; requestedBy: string }
      | { trigger: Exclude<AnalysisTrigger, 'request'> }
    ),
  ): Promise<string> {
    const { analyses, now, wake } = this.#options;
    const requestedAt = now();
    const asOf = order.asOf ?? settledHour(requestedAt, requestedAt);
    requireInstant(asOf, requestedAt);
    const entityRefs = order.entityRefs
      ? [...new Set(order.entityRefs)].sort()
      : null;
    if (entityRefs) await this.#requireServices(entityRefs, order.mayRead);
    const id = randomUUID();
    const queuedId = await analyses.withQueueLocked(async queue => {
      const waiting = await queue.findQueued(asOf, entityRefs);
      if (waiting) {
        if (waiting.trigger === 'request' && order.trigger !== 'request') {
          await queue.setTrigger(waiting.id, order.trigger);
        }
        return waiting.id;
      }
      if (order.trigger === 'request') {
        await requireRoom(queue, order.requestedBy);
      }
      await queue.enqueue({ ...order, id, asOf, entityRefs, requestedAt });
      return id;
    });
    if (queuedId === id) wake();
    return queuedId;
  }

  /**
   * What may not be read answers like what is not there, and as fast: neither is looked for in the catalog, which is
   * copied every few minutes.
   */
  async #requireServices(
    entityRefs: string[],
    mayRead: (entityRef: string) => boolean = () => true,
  ): Promise<void> {
    const services = await this.#options.entities.listServiceRefs();
    const missing = entityRefs.filter(
      ref => !services.has(ref) || !mayRead(ref),
    );
    if (missing.length) {
      throw new InputError(
        `entityRefs names what is not an opted-in service: ${missing
          .slice(0, 5)
          .join(', ')}${
          missing.length > 5 ? ` and ${missing.length - 5} more` : ''
        }. Add the annotation slo-recommender.io/enabled: 'true', leave them out, or wait: the catalog is read every two minutes.`,
      );
    }
  }
}

async function requireRoom(
  queue: AnalysisStore,
  requestedBy: string,
): Promise<void> {
  const { all, own } = await queue.countRequested(requestedBy);
  if (own >= MOST_WAITING_OF_CALLER) {
    throw new TooManyRequestsError(
      `${own} analyses that you asked for wait already. Ask again once they have run, and name several services in one order.`,
      { retryAfterSeconds: RETRY_AFTER_SECONDS },
    );
  }
  if (all >= MOST_WAITING) {
    throw new TooManyRequestsError(
      `${all} analyses wait already. Ask again once they have run; what is due every hour needs no order.`,
      { retryAfterSeconds: RETRY_AFTER_SECONDS },
    );
  }
}
