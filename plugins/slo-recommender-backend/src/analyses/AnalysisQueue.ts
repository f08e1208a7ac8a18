import { randomUUID } from 'crypto';
import { InputError } from '@backstage/errors';
import type { CatalogSync } from '../catalog';
import type { AnalysisStore, AnalysisTrigger } from './AnalysisStore';
import type { EntityStore } from '../catalog';
import { requireInstant } from '../kernel/time/requireInstant';
import { settledHour } from '../kernel/time/hours';

export interface AnalysisQueueOptions {
  analyses: AnalysisStore;
  entities: EntityStore;
  catalogSync: Pick<CatalogSync, 'run'>;
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
   * Puts an analysis in the queue. An order of the newest state is joined to one for the same services that waits.
   *
   * @returns the id of the analysis.
   * @throws InputError where the instant lies in the future or a service is not known.
   */
  async add(order: {
    trigger: AnalysisTrigger;
    asOf?: Date;
    entityRefs?: string[];
    /** Which entities the caller may read; all if absent. */
    mayRead?: (entityRef: string) => boolean;
  }): Promise<string> {
    const { analyses, now, wake } = this.#options;
    const requestedAt = now();
    const asOf = order.asOf ?? settledHour(requestedAt, requestedAt);
    requireInstant(asOf, requestedAt);
    const entityRefs = order.entityRefs
      ? [...new Set(order.entityRefs)].sort()
      : null;
    if (entityRefs) await this.#requireServices(entityRefs, order.mayRead);
    if (!order.asOf) {
      const waiting = await analyses.findQueued(asOf, entityRefs);
      if (waiting) return waiting.id;
    }
    const id = randomUUID();
    await analyses.enqueue({
      id,
      trigger: order.trigger,
      asOf,
      entityRefs,
      requestedAt,
    });
    wake();
    return id;
  }

  /** What may not be read answers like what is not there. */
  async #requireServices(
    entityRefs: string[],
    mayRead: (entityRef: string) => boolean = () => true,
  ): Promise<void> {
    const known = async () =>
      new Set(
        (await this.#options.entities.listServices()).map(s => s.entityRef),
      );
    let services = await known();
    if (entityRefs.some(ref => !services.has(ref))) {
      await this.#options.catalogSync.run();
      services = await known();
    }
    const missing = entityRefs.filter(
      ref => !services.has(ref) || !mayRead(ref),
    );
    if (missing.length) {
      throw new InputError(
        `entityRefs names what is not an opted-in service: ${missing
          .slice(0, 5)
          .join(', ')}${
          missing.length > 5 ? ` and ${missing.length - 5} more` : ''
        }. Add the annotation slo-recommender.io/enabled: 'true', leave them out, or wait if the catalog is still being read.`,
      );
    }
  }
}
