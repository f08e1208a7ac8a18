import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { CatalogSync } from '../catalog';
import type { AnalysisStore, SliHistoryStore } from '../store';
import type { AnalysisQueue } from './AnalysisQueue';
import { settledHour } from './settledHour';

/** How often the catalog is read once it has come to rest. */
const CATALOG_INTERVAL_MS = 120_000;

/** Pause after a failed analysis before the next one is tried. */
const RETRY_MS = 60_000;

const PRUNE_INTERVAL_MS = 3_600_000;

/** Decides when the catalog is read and when an analysis is due: on a new service, and for every hour that has ended. */
export class AnalysisSchedule {
  readonly #options: {
    catalogSync: Pick<CatalogSync, 'run'>;
    analyses: AnalysisStore;
    history: SliHistoryStore;
    queue: AnalysisQueue;
    logger: LoggerService;
    historyRetentionMs: number;
    now: () => Date;
  };
  #services: string[] = [];
  #catalogReadAt = 0;
  #catalogAtRest = false;
  #prunedAt = 0;

  constructor(options: {
    catalogSync: Pick<CatalogSync, 'run'>;
    analyses: AnalysisStore;
    history: SliHistoryStore;
    queue: AnalysisQueue;
    logger: LoggerService;
    historyRetentionMs: number;
    now: () => Date;
  }) {
    this.#options = options;
  }

  /** To be called every few seconds by one replica. */
  async tick(): Promise<void> {
    try {
      await this.#readCatalog();
      await this.#orderAnalysis();
      await this.#prune();
    } catch (error) {
      this.#options.logger.warn(
        `The catalog could not be read, it is tried again: ${stringifyError(
          error,
        )}`,
      );
    }
  }

  async #readCatalog(): Promise<void> {
    const nowMs = this.#options.now().getTime();
    if (
      this.#catalogAtRest &&
      nowMs - this.#catalogReadAt < CATALOG_INTERVAL_MS
    ) {
      return;
    }
    const services = await this.#options.catalogSync.run();
    const refs = services.map(({ entityRef }) => entityRef);
    this.#catalogAtRest =
      refs.length > 0 && refs.join() === this.#services.join();
    this.#services = refs;
    this.#catalogReadAt = nowMs;
  }

  async #orderAnalysis(): Promise<void> {
    const { analyses, queue, now } = this.#options;
    if (this.#services.length === 0 || (await analyses.nextActive())) return;
    const latest = await analyses.getLatestFinished();
    const failedRecently =
      latest?.status === 'failed' &&
      now().getTime() - Date.parse(latest.finishedAt ?? '') < RETRY_MS;
    if (failedRecently) return;

    const current = await analyses.getCurrent();
    const scheduled = await analyses.getLatestFinished('schedule');
    const hour = settledHour(now(), now());
    const hourOf = (asOf: string) =>
      settledHour(new Date(asOf), now()).getTime();
    if (
      !current ||
      !scheduled ||
      scheduled.status === 'failed' ||
      hourOf(scheduled.asOf) < hour.getTime()
    ) {
      await queue.add({ trigger: 'schedule' });
      return;
    }
    const analysed = await analyses.getResultInstants(current.id);
    const fresh = this.#services.filter(ref => !analysed.has(ref));
    if (fresh.length) {
      await queue.add({
        trigger: 'catalog',
        asOf: new Date(current.asOf),
        entityRefs: fresh,
      });
    }
  }

  async #prune(): Promise<void> {
    const { history, historyRetentionMs, now } = this.#options;
    const nowMs = now().getTime();
    if (nowMs - this.#prunedAt < PRUNE_INTERVAL_MS) return;
    this.#prunedAt = nowMs;
    await history.deleteAskedBefore(new Date(nowMs - historyRetentionMs));
  }
}
