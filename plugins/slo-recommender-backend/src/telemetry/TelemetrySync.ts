import { createHash } from 'crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  HourRange,
  ObservedDependency,
  TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import {
  type CatalogEntity,
  type DatasourceStatusStore,
  type SliHistoryStore,
} from '../store';
import { checkAnswer, UnbelievableAnswerError } from './checkAnswer';
import { type Chunk, planChunks } from './planChunks';
import type { Datasource, TelemetrySources } from './TelemetrySources';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Days over which calls between services are counted. */
const DEPENDENCY_DAYS = 7;

/** An answer about hours longer ago says nothing of how the datasource does now. */
const RECENT_MS = 2 * DAY_MS;

/** Longest message of an error that is kept and shown. */
const MAX_MESSAGE_LENGTH = 1_000;

/** What came of asking one datasource. */
export interface DatasourceOutcome {
  datasourceId: string;
  simulated: boolean;
  /** Services that belong to the datasource. */
  entityRefs: string[];
  /** Services whose hours could not all be fetched, and why. */
  failed: { entityRefs: Set<string>; message: string } | undefined;
  /** Undefined where the calls could not be read. */
  dependencies: { observed: ObservedDependency[]; seconds: number } | undefined;
}

export interface SyncProgress {
  phase: string;
  /** Share of the fetching done. */
  share: number;
}

/** Identifies what counts were asked for: another datasource or other names are another history. */
function sourceKeyOf(datasourceId: string, service: CatalogEntity): string {
  return createHash('sha256')
    .update(JSON.stringify([datasourceId, service.telemetryNames]))
    .digest('base64url')
    .slice(0, 16);
}

/** Fetches the hours that are not stored yet, datasource by datasource. */
export class TelemetrySync {
  readonly #sources: TelemetrySources;
  readonly #history: SliHistoryStore;
  readonly #statuses: DatasourceStatusStore;
  readonly #logger: LoggerService;
  readonly #now: () => Date;

  constructor(options: {
    sources: TelemetrySources;
    history: SliHistoryStore;
    statuses: DatasourceStatusStore;
    logger: LoggerService;
    now: () => Date;
  }) {
    this.#sources = options.sources;
    this.#history = options.history;
    this.#statuses = options.statuses;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /** Brings the stored counts of the services up to date for the range. One failing datasource does not stop the others. */
  async run(
    services: CatalogEntity[],
    range: HourRange,
    options: {
      signal: AbortSignal;
      onProgress(progress: SyncProgress): Promise<void>;
    },
  ): Promise<DatasourceOutcome[]> {
    const groups = new Map<Datasource, CatalogEntity[]>();
    for (const service of services) {
      const datasource = this.#sources.forService(service);
      if (!datasource) continue;
      groups.set(datasource, [...(groups.get(datasource) ?? []), service]);
    }
    const outcomes: DatasourceOutcome[] = [];
    for (const [datasource, members] of groups) {
      const done = outcomes.length;
      outcomes.push(
        await this.#fetch(datasource, members, range, {
          signal: options.signal,
          onProgress: share =>
            options.onProgress({
              phase: `Fetching counts from '${datasource.id}'`,
              share: (done + share) / groups.size,
            }),
        }),
      );
    }
    return outcomes;
  }

  /** Remembers that a datasource failed. That it knows nothing of long ago is no fault of it. */
  async recordFailure(
    datasourceId: string,
    state: 'empty' | 'failing' | 'partial',
    message: string,
    range: HourRange,
  ): Promise<void> {
    const now = this.#now();
    const isRecent = now.getTime() - range.to.getTime() < RECENT_MS;
    if (state === 'empty' && !isRecent) return;
    await this.#statuses.record(datasourceId, state, message, now);
  }

  async #fetch(
    datasource: Datasource,
    services: CatalogEntity[],
    range: HourRange,
    options: {
      signal: AbortSignal;
      onProgress(share: number): Promise<void>;
    },
  ): Promise<DatasourceOutcome> {
    const outcome: DatasourceOutcome = {
      datasourceId: datasource.id,
      simulated: this.#sources.isSimulated(datasource.id),
      entityRefs: services.map(({ entityRef }) => entityRef),
      failed: undefined,
      dependencies: undefined,
    };
    const fail = async (error: unknown, affected: CatalogEntity[]) => {
      const { message: whole } = toError(error);
      const message = whole.slice(0, MAX_MESSAGE_LENGTH);
      outcome.failed = {
        entityRefs: new Set(affected.map(({ entityRef }) => entityRef)),
        message,
      };
      this.#logger.warn(`Datasource '${datasource.id}' failed: ${message}`);
      await this.recordFailure(
        datasource.id,
        error instanceof UnbelievableAnswerError ? error.state : 'failing',
        message,
        range,
      );
      return outcome;
    };
    if ('error' in datasource) return fail(datasource.error, services);

    const { source } = datasource;
    const sourceKeys = new Map(
      services.map(service => [
        service.entityRef,
        sourceKeyOf(datasource.id, service),
      ]),
    );
    const coverage = await this.#history.coverage(
      'availability',
      [...sourceKeys.keys()],
      range,
    );
    const chunks = planChunks(
      services,
      { sourceKeys, coverage, range },
      this.#now(),
    );
    const warnings = new Set<string>();
    const incomplete = new Set<CatalogEntity>();
    for (const [index, chunk] of chunks.entries()) {
      options.signal.throwIfAborted();
      try {
        const partial = await this.#fetchChunk(
          source,
          chunk,
          sourceKeys,
          options.signal,
        );
        if (partial.length) {
          partial.forEach(warning => warnings.add(warning));
          chunk.services.forEach(service => incomplete.add(service));
        }
      } catch (error) {
        options.signal.throwIfAborted();
        const rest = chunks.slice(index).flatMap(({ services: s }) => s);
        return fail(error, [...incomplete, ...rest]);
      }
      await options.onProgress((index + 1) / (chunks.length + 1));
    }
    try {
      outcome.dependencies = await this.#fetchDependencies(
        source,
        range,
        options.signal,
      );
    } catch (error) {
      options.signal.throwIfAborted();
      return fail(error, [...incomplete]);
    }
    await options.onProgress(1);

    if (warnings.size) {
      const message = `Datasource '${datasource.id}' answered only in part: ${[
        ...warnings,
      ]
        .join('; ')
        .slice(0, MAX_MESSAGE_LENGTH)}`;
      outcome.failed = {
        entityRefs: new Set([...incomplete].map(({ entityRef }) => entityRef)),
        message,
      };
      await this.recordFailure(datasource.id, 'partial', message, range);
    } else {
      await this.#statuses.record(datasource.id, 'ok', null, this.#now());
    }
    return outcome;
  }

  /** Fetches and stores one chunk. Returns the warnings of a partial answer, which is not stored. */
  async #fetchChunk(
    source: TelemetrySource,
    chunk: Chunk,
    sourceKeys: Map<string, string>,
    signal: AbortSignal,
  ): Promise<string[]> {
    const answer = await source.fetchHourlyCounts(
      chunk.services.map(({ entityRef, telemetryNames }) => ({
        entityRef,
        telemetryNames,
      })),
      chunk.range,
      { signal },
    );
    if (answer.warnings.length) return answer.warnings;
    checkAnswer(source.id, answer.counts, chunk.range, chunk.regular);
    const hours =
      (chunk.range.to.getTime() - chunk.range.from.getTime()) / HOUR_MS;
    await this.#history.write(
      'availability',
      chunk.range,
      chunk.services.map(({ entityRef }) => {
        const counts = answer.counts.get(entityRef);
        return {
          entityRef,
          sourceKey: sourceKeys.get(entityRef) ?? '',
          evidence: counts?.evidence ?? null,
          total: counts?.total ?? new Float64Array(hours).fill(NaN),
          bad: counts?.bad ?? new Float64Array(hours).fill(NaN),
        };
      }),
      this.#now(),
    );
    return [];
  }

  async #fetchDependencies(
    source: TelemetrySource,
    range: HourRange,
    signal: AbortSignal,
  ) {
    const from = new Date(
      Math.max(
        range.from.getTime(),
        range.to.getTime() - DEPENDENCY_DAYS * DAY_MS,
      ),
    );
    const { dependencies } = await source.fetchDependencies(
      { from, to: range.to },
      { signal },
    );
    // a graph that is younger than the range has had less time for its calls
    const countedFromMs = dependencies.reduce(
      (firstMs, { firstSeenAt }) => Math.min(firstMs, firstSeenAt.getTime()),
      range.to.getTime(),
    );
    return {
      observed: dependencies,
      seconds: Math.max(HOUR_MS, range.to.getTime() - countedFromMs) / 1_000,
    };
  }
}
