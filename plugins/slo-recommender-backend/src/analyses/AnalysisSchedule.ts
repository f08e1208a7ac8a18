import { createHash } from 'crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { Knex } from 'knex';
import { type CatalogSync, findSharedNames } from '../catalog';
import type { SloRecommenderConfig } from '../kernel/config/readSloRecommenderConfig';
import type { DatasourceStatuses, TelemetrySources } from '../telemetry';
import type { Analysis, AnalysisStore } from './AnalysisStore';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import { inputsKey, type ResultStore } from '../recommendations';
import {
  readFingerprints,
  readRevision,
} from '../kernel/database/serviceRevisions';
import type { AnalysisQueue } from './AnalysisQueue';
import { inYieldingBatches } from '../kernel/concurrency/yieldToEventLoop';
import { settledHour } from '../kernel/time/hours';

/** How often the catalog is read once it has come to rest. */
const CATALOG_INTERVAL_MS = 120_000;

/**
 * Pause before an analysis that failed, or had to do without a datasource, is tried again: a tenth of the time since
 * the last one that did not, within these bounds.
 */
const SHORTEST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 900_000;

/** Pause between analyses of changed services: those that change meanwhile are analysed together. */
const CHANGES_INTERVAL_MS = 60_000;

/** By how much replicas may differ in how well they know the time of the database. */
const CLOCK_TOLERANCE_MS = 60_000;

/** Services that are compared before other work of the process may run. */
const SERVICES_PER_SLICE = 64;

/** Services whose results are out of date. */
interface Comparison {
  /** Identifies the results and everything they were compared with. */
  state: string;
  entityRefs: string[];
  /** Identifies the services and what their results should rest on. */
  digest: string;
}

export interface AnalysisScheduleOptions {
  catalogSync: Pick<CatalogSync, 'run'>;
  analyses: AnalysisStore;
  results: ResultStore;
  database: Knex;
  statuses: Pick<DatasourceStatuses, 'list'>;
  sources: Pick<TelemetrySources, 'forService' | 'canRecover' | 'changes'>;
  queue: AnalysisQueue;
  logger: LoggerService;
  config: Pick<
    SloRecommenderConfig,
    'objectiveWindowMs' | 'lookbackMs' | 'exclusions'
  >;
  now: () => Date;
}

/** Decides when the catalog is read and when an analysis is due: on a new service, and for every hour that has ended. */
export class AnalysisSchedule {
  readonly #options: AnalysisScheduleOptions;
  readonly #startedAt: number;
  #services: CatalogEntity[] = [];
  #catalogReadAt = 0;
  #catalogAtRest = false;
  #compared: Comparison | undefined;
  /** Digest of the services that were analysed last because they had changed. */
  #lastChanged = '';
  #lastChangedAt = 0;
  /** Changes of datasources, such as new credentials, that an analysis was ordered after. */
  #changesTried = 0;

  constructor(options: AnalysisScheduleOptions) {
    this.#options = options;
    this.#startedAt = options.now().getTime();
  }

  /** To be called every few seconds by one replica. Never rejects. */
  async tick(): Promise<void> {
    let failure = 'The catalog could not be read';
    try {
      await this.#readCatalog();
      failure = 'No analysis could be ordered';
      await this.#orderAnalysis();
    } catch (error) {
      this.#options.logger.warn(
        `${failure}, it is tried again: ${stringifyError(error)}`,
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
    const refs = (list: CatalogEntity[]) =>
      list.map(({ entityRef }) => entityRef).join();
    this.#catalogAtRest =
      services.length > 0 && refs(services) === refs(this.#services);
    this.#services = services;
    this.#catalogReadAt = nowMs;
  }

  async #orderAnalysis(): Promise<void> {
    const { analyses, results, queue, now } = this.#options;
    if (this.#services.length === 0 || (await analyses.isAnyDue())) return;

    const scheduled = await analyses.getLatestFinished(
      'schedule',
      new Date(now().getTime() + CLOCK_TOLERANCE_MS),
    );
    const isHourDone =
      scheduled?.status === 'completed' &&
      Date.parse(scheduled.asOf) >= settledHour(now(), now()).getTime() &&
      Date.parse(scheduled.asOf) <= now().getTime();
    const { changes } = this.#options.sources;
    const troubledSinceMs = await this.#troubledSince(scheduled);
    const currentId = await results.getCurrentAnalysisId();
    const current =
      currentId === undefined ? undefined : await analyses.get(currentId);
    if (troubledSinceMs === undefined) {
      if (!isHourDone || !current) {
        await queue.add({ trigger: 'schedule' });
        return;
      }
    } else if (
      changes > this.#changesTried ||
      this.#isRetryDue(scheduled, troubledSinceMs)
    ) {
      await queue.add({ trigger: 'schedule' });
      this.#changesTried = changes;
      return;
    }
    if (current) await this.#orderForChangedServices(current);
  }

  /** Start of the current outage, in which analyses fail or lack a datasource; undefined when healthy. */
  async #troubledSince(
    scheduled: Analysis | undefined,
  ): Promise<number | undefined> {
    if (!scheduled) return undefined;
    const statuses = await this.#options.statuses.list();
    const troubled = statuses.filter(
      ({ id, state }) =>
        ['failing', 'partial', 'empty'].includes(state) &&
        this.#options.sources.canRecover(id),
    );
    if (troubled.length === 0 && scheduled.status !== 'failed') {
      return undefined;
    }
    const lastGood = troubled
      .map(({ lastSuccessAt }) => Date.parse(lastSuccessAt ?? ''))
      .filter(Number.isFinite);
    return lastGood.length ? Math.max(...lastGood) : this.#startedAt;
  }

  #isRetryDue(scheduled: Analysis | undefined, sinceMs: number): boolean {
    const nowMs = this.#options.now().getTime();
    const pauseMs = Math.min(
      LONGEST_RETRY_MS,
      Math.max(SHORTEST_RETRY_MS, (nowMs - sinceMs) / 10),
    );
    return nowMs - Date.parse(scheduled?.finishedAt ?? '') >= pauseMs;
  }

  /** Orders an analysis of the services whose results are out of date. */
  async #orderForChangedServices(current: Analysis): Promise<void> {
    const { queue, results, now } = this.#options;
    const nowMs = now().getTime();
    if (nowMs - this.#lastChangedAt < CHANGES_INTERVAL_MS) return;
    const { entityRefs, digest } = await this.#compareServices(current.id);
    if (entityRefs.length === 0) return;
    // results that had to be carried over stay out of date until their datasource is back
    const isRepetition = digest === this.#lastChanged;
    if (isRepetition && nowMs - this.#lastChangedAt < LONGEST_RETRY_MS) return;
    this.#lastChanged = digest;
    this.#lastChangedAt = nowMs;
    const asOf = (await results.getCurrentAsOf()) ?? current.asOf;
    await queue.add({
      trigger: 'catalog',
      asOf: new Date(Math.min(Date.parse(asOf), nowMs)),
      // if all are out of date, as after an upgrade, so is what was learned from the fleet
      ...(entityRefs.length < this.#services.length && { entityRefs }),
    });
  }

  /**
   * Finds services that are new in the catalog, or of which configuration, annotations, events or exclusions have
   * changed since an analysis. Nothing is compared twice: a fleet of thousands takes a while, and is mostly quiet.
   */
  async #compareServices(analysisId: string): Promise<Comparison> {
    const { database, results, config, sources } = this.#options;
    // read before what it stands for: a change in between is then compared again
    const revision = await readRevision(database);
    const state = `${analysisId} ${revision} ${this.#catalogReadAt}`;
    if (this.#compared?.state === state) return this.#compared;
    const outlines = await results.getOutlines(analysisId);
    const fingerprints = await readFingerprints(database);
    const sharedNames = findSharedNames(
      this.#services,
      service => sources.forService(service)?.id,
    );
    const entityRefs: string[] = [];
    const digest = createHash('sha256');
    for await (const batch of inYieldingBatches(
      this.#services,
      SERVICES_PER_SLICE,
    )) {
      for (const service of batch) {
        const { entityRef } = service;
        const key = inputsKey(service, {
          ...config,
          datasourceId: sources.forService(service)?.id ?? null,
          fingerprint: fingerprints.get(entityRef),
          sharedNames: sharedNames.get(entityRef),
        });
        if (outlines.get(entityRef)?.inputsKey === key) continue;
        entityRefs.push(entityRef);
        digest.update(`${entityRef} ${key},`);
      }
    }
    this.#compared = { state, entityRefs, digest: digest.digest('base64url') };
    return this.#compared;
  }
}
