import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  HourRange,
  ObservedDependency,
  TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import { DatabaseFailure } from '../kernel/database/databaseFailures';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import type { DataQualityStore } from './DataQualityStore';
import type { DatasourceStatusStore } from './DatasourceStatusStore';
import type { FetchedCallsStore } from './FetchedCallsStore';
import { countsFeed, UnbelievableAnswerError } from './countsFeed';
import {
  fetchDependencies,
  type FetchedDependencies,
} from './fetchDependencies';
import { FetchProgress, type SyncProgress } from './FetchProgress';
import { AVAILABILITY_COUNTS } from './history/countsCodec';
import { LATENCY_HISTOGRAMS } from './history/histogramsCodec';
import type { HourlyHistoryStore } from './history/HourlyHistoryStore';
import { HourlySync } from './HourlySync';
import { latenciesFeed } from './latenciesFeed';
import type { Datasource, TelemetrySources } from './TelemetrySources';
import { DAY_MS } from '../kernel/time/hours';

/** An answer about hours longer ago says nothing of how the datasource does now. */
const RECENT_MS = 2 * DAY_MS;

/** Longest message of an error that is kept and shown. */
const MAX_MESSAGE_LENGTH = 1_000;

/** Services of which something could not be fetched, and why. */
export interface FailedFetch {
  entityRefs: Set<string>;
  message: string;
}

/** What came of asking one datasource. */
export interface DatasourceOutcome {
  datasourceId: string;
  simulated: boolean;
  /** Services that belong to the datasource. */
  entityRefs: string[];
  /** Services whose hours could not all be fetched, and why. */
  failed: FailedFetch | undefined;
  /** Services whose latencies could not all be fetched, and why; their counts are none the worse for it. */
  latenciesFailed: FailedFetch | undefined;
  /** Undefined where the calls could not be read. */
  dependencies: FetchedDependencies | undefined;
}

export interface SyncOptions {
  signal: AbortSignal;
  onProgress(progress: SyncProgress): Promise<void>;
  /** Names that a service is not meant by, by its entity reference. */
  namesOfOthers?: ReadonlyMap<string, string[]>;
  /** Adds the names that the calls of a datasource show its services to have. */
  withNames?(
    services: CatalogEntity[],
    observed: ObservedDependency[],
  ): Promise<CatalogEntity[]>;
}

type FailureState = 'empty' | 'failing' | 'partial';

export interface TelemetrySyncOptions {
  sources: TelemetrySources;
  history: HourlyHistoryStore;
  dataQuality: DataQualityStore;
  fetchedCalls: FetchedCallsStore;
  statuses: DatasourceStatusStore;
  logger: LoggerService;
  now: () => Date;
}

/** Brings what is stored of the datasources' telemetry up to date. */
export class TelemetrySync {
  readonly #options: TelemetrySyncOptions;
  readonly #hourlySync: HourlySync;

  constructor(options: TelemetrySyncOptions) {
    this.#options = options;
    this.#hourlySync = new HourlySync(options);
  }

  /**
   * Brings the stored counts and latencies of the services up to date for the range. All datasources are asked at the same time, and
   * one that fails or is slow does not stop the others.
   */
  async run(
    services: CatalogEntity[],
    range: HourRange,
    options: SyncOptions,
  ): Promise<DatasourceOutcome[]> {
    const { sources, now } = this.#options;
    const groups = new Map<Datasource, CatalogEntity[]>();
    for (const service of services) {
      const datasource = sources.forService(service);
      if (!datasource) continue;
      const members = groups.get(datasource) ?? [];
      members.push(service);
      groups.set(datasource, members);
    }
    const progress = new FetchProgress({
      kinds: [AVAILABILITY_COUNTS, LATENCY_HISTOGRAMS].map(
        ({ codec }) => codec.kind,
      ),
      datasourceIds: [...groups.keys()].map(({ id }) => id),
      nowMs: () => now().getTime(),
      report: options.onProgress,
    });
    const results = await Promise.allSettled(
      [...groups].map(([datasource, members]) =>
        this.#fetch(datasource, members, range, { ...options, progress }),
      ),
    );
    options.signal.throwIfAborted();
    return results.map(result => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  }

  /** Remembers that a datasource failed. That it knows nothing of long ago is no fault of it. */
  async recordFailure(
    datasourceId: string,
    state: FailureState,
    message: string,
    range: HourRange,
  ): Promise<void> {
    const { statuses, now } = this.#options;
    const isRecent = now().getTime() - range.to.getTime() < RECENT_MS;
    if (state === 'empty' && !isRecent) return;
    await statuses.record(datasourceId, state, message, now());
  }

  async #fetch(
    datasource: Datasource,
    services: CatalogEntity[],
    range: HourRange,
    options: SyncOptions & { progress: FetchProgress },
  ): Promise<DatasourceOutcome> {
    const { signal, withNames } = options;
    const outcome: DatasourceOutcome = {
      datasourceId: datasource.id,
      simulated: this.#options.sources.isSimulated(datasource.id),
      entityRefs: services.map(({ entityRef }) => entityRef),
      failed: undefined,
      latenciesFailed: undefined,
      dependencies: undefined,
    };
    if ('error' in datasource) {
      await this.#fail(outcome, datasource.error, outcome.entityRefs, range);
      return outcome;
    }

    // calls come first: they show under which further names services are known
    let callsError: unknown;
    try {
      outcome.dependencies = await fetchDependencies(
        datasource.source,
        this.#options.fetchedCalls,
        range,
        signal,
      );
      const { withheldNames } = outcome.dependencies;
      if (withheldNames > 0) {
        this.#options.logger.warn(
          `Datasource '${datasource.id}' has ${withheldNames} names of callers or callees that look like personal data or secrets, such as e-mail addresses or tokens. They are not kept. Remove them from the labels of its metrics.`,
        );
      }
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DatabaseFailure) throw error.cause;
      callsError = error;
    }
    const observed = outcome.dependencies?.observed;
    const named =
      (observed && (await withNames?.(services, observed))) ?? services;

    const counts = countsFeed(datasource.source, this.#options);
    const { incomplete, warnings, error, fetched } = await this.#hourlySync.run(
      counts,
      named,
      range,
      options,
    );
    if (error !== undefined) {
      await this.#fail(outcome, error, incomplete, range);
    } else if (callsError !== undefined) {
      await this.#fail(
        outcome,
        callsError,
        incomplete,
        range,
        fetched > 0 ? 'partial' : 'failing',
      );
    } else if (warnings.size > 0) {
      const message = `Datasource '${
        datasource.id
      }' answered only in part: ${[...warnings].join('; ')}`;
      await this.#fail(
        outcome,
        new Error(message),
        incomplete,
        range,
        'partial',
      );
    } else {
      await this.#options.statuses.record(
        datasource.id,
        'ok',
        null,
        this.#options.now(),
      );
    }
    // a datasource that has failed just now is left in peace
    if (error === undefined) {
      outcome.latenciesFailed = await this.#fetchLatencies(
        datasource.source,
        named,
        range,
        options,
      );
    }
    await this.#options.fetchedCalls.clear(datasource.id);
    return outcome;
  }

  async #fetchLatencies(
    source: TelemetrySource,
    services: CatalogEntity[],
    range: HourRange,
    options: SyncOptions & { progress: FetchProgress },
  ): Promise<FailedFetch | undefined> {
    const latencies = latenciesFeed(source, this.#options);
    if (!latencies) return undefined;
    const result = await this.#hourlySync.run(
      latencies,
      services,
      range,
      options,
    );
    if (result.incomplete.size === 0) return undefined;
    const reason =
      result.error === undefined
        ? `Datasource '${source.id}' answered only in part: ${[
            ...result.warnings,
          ].join('; ')}`
        : toError(result.error).message;
    const message = reason.slice(0, MAX_MESSAGE_LENGTH);
    this.#options.logger.warn(
      `Latencies of ${result.incomplete.size} services could not be fetched: ${message}`,
    );
    return { entityRefs: result.incomplete, message };
  }

  async #fail(
    outcome: DatasourceOutcome,
    error: unknown,
    entityRefs: Iterable<string>,
    range: HourRange,
    state: FailureState = error instanceof UnbelievableAnswerError
      ? error.state
      : 'failing',
  ): Promise<void> {
    const { datasourceId } = outcome;
    const message = toError(error).message.slice(0, MAX_MESSAGE_LENGTH);
    outcome.failed = { entityRefs: new Set(entityRefs), message };
    this.#options.logger.warn(
      `Datasource '${datasourceId}' failed: ${message}`,
    );
    await this.recordFailure(datasourceId, state, message, range);
  }
}
