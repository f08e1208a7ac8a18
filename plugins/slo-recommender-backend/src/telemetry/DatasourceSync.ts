import type {
  HourlyCountsAnswer,
  HourRange,
  ObservedDependency,
  TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import {
  type CatalogEntity,
  type DataQualityStore,
  type FetchedCallsStore,
  type SliHistoryStore,
} from '../store';
import { inBatches } from '../kernel/database/database';
import { checkAnswer } from './checkAnswer';
import {
  fetchChunks,
  type FetchObserver,
  type IncompleteFetch,
} from './fetchChunks';
import { type Chunk, planChunks } from './planChunks';
import { sourceKeysOf } from './sourceKey';
import { DAY_MS, HOUR_MS } from '../kernel/time/hours';

/** Days over which calls between services are counted. */
const DEPENDENCY_DAYS = 7;

/** Services that are asked for at once where the source does not say how many it can answer. */
const SERVICES_PER_CHUNK = 200;

/** Calls between services, and over how long they were counted. */
export interface FetchedDependencies {
  observed: ObservedDependency[];
  seconds: number;
}

export interface DatasourceSyncOptions {
  history: SliHistoryStore;
  dataQuality: DataQualityStore;
  fetchedCalls: FetchedCallsStore;
  now: () => Date;
}

/** Fetches what is missing of one datasource, and stores it piece by piece. */
export class DatasourceSync {
  readonly #options: DatasourceSyncOptions;
  readonly #source: TelemetrySource;

  constructor(source: TelemetrySource, options: DatasourceSyncOptions) {
    this.#source = source;
    this.#options = options;
  }

  /**
   * Calls of the last days of the range, once the source has learnt what it has in all of it. A run that is taken up
   * after it was cut off does not ask for them again.
   */
  async fetchDependencies(
    range: HourRange,
    signal: AbortSignal,
  ): Promise<FetchedDependencies> {
    const { fetchedCalls } = this.#options;
    const lastDays = {
      from: new Date(
        Math.max(
          range.from.getTime(),
          range.to.getTime() - DEPENDENCY_DAYS * DAY_MS,
        ),
      ),
      to: range.to,
    };
    const kept = await fetchedCalls.load(this.#source.id, lastDays);
    const survey = await this.#source.learn?.(range, {
      signal,
      known: kept?.survey,
    });
    const observed =
      kept?.calls ??
      (await this.#source.fetchDependencies(lastDays, { signal })).dependencies;
    if (!kept) {
      await fetchedCalls.save(this.#source.id, lastDays, {
        survey,
        calls: observed,
      });
    }
    // a graph that is younger than the range has had less time for its calls
    const countedFromMs = observed.reduce(
      (firstMs, { firstSeenAt }) => Math.min(firstMs, firstSeenAt.getTime()),
      range.to.getTime(),
    );
    return {
      observed,
      seconds: Math.max(HOUR_MS, range.to.getTime() - countedFromMs) / 1_000,
    };
  }

  /**
   * Fetches and stores the hours that are not stored yet. The first failure ends it; what was stored until then stays,
   * and is not asked for again.
   */
  async fetchCounts(
    services: CatalogEntity[],
    range: HourRange,
    observer: FetchObserver,
  ): Promise<IncompleteFetch> {
    const sourceKeys = sourceKeysOf(this.#source.id, services);
    return fetchChunks(
      services,
      {
        plan: () => this.#plan(services, sourceKeys, range, observer.signal),
        fetch: (chunk, signal) =>
          this.#fetchChunk(chunk, sourceKeys, range, signal),
      },
      observer,
    );
  }

  async #plan(
    services: CatalogEntity[],
    sourceKeys: Map<string, string>,
    range: HourRange,
    signal: AbortSignal,
  ): Promise<Chunk[]> {
    const { history, now } = this.#options;
    return planChunks(
      services,
      {
        sourceKeys,
        range,
        readCoverage: refs => history.coverage('availability', refs, range),
      },
      async (members, hours) =>
        (await this.#source.groupServices?.(members, hours, { signal })) ??
        inBatches(members, SERVICES_PER_CHUNK),
      now(),
    );
  }

  /** Fetches and stores one chunk. Returns the warnings of a partial answer, which is not stored. */
  async #fetchChunk(
    chunk: Chunk,
    sourceKeys: Map<string, string>,
    range: HourRange,
    signal: AbortSignal,
  ): Promise<string[]> {
    const { history, now } = this.#options;
    const answer = await this.#source.fetchHourlyCounts(
      chunk.services.map(({ entityRef, telemetryNames }) => ({
        entityRef,
        telemetryNames,
      })),
      chunk.range,
      { signal },
    );
    if (answer.warnings.length) return answer.warnings;
    checkAnswer(this.#source.id, answer.counts, chunk.range, chunk.regular);
    const hours =
      (chunk.range.to.getTime() - chunk.range.from.getTime()) / HOUR_MS;
    const unknown = new Float64Array(hours).fill(NaN);
    await history.write(
      'availability',
      chunk.range,
      chunk.services.map(({ entityRef }) => {
        const counts = answer.counts.get(entityRef);
        return {
          entityRef,
          sourceKey: sourceKeys.get(entityRef) ?? '',
          evidence: counts?.evidence ?? null,
          total: counts?.total ?? unknown,
          bad: counts?.bad ?? unknown,
        };
      }),
      now(),
    );
    // what was found long ago is of no interest today
    if (chunk.range.to.getTime() === range.to.getTime()) {
      await this.#storeFindings(chunk, sourceKeys, answer);
    }
    return [];
  }

  /** Services of which an answer says nothing keep what was found before: they may only be idle. */
  async #storeFindings(
    { services }: Chunk,
    sourceKeys: Map<string, string>,
    { counts, findings }: HourlyCountsAnswer,
  ): Promise<void> {
    const { dataQuality, now } = this.#options;
    const asked = new Map(
      services.map(({ entityRef }) => [
        entityRef,
        sourceKeys.get(entityRef) ?? '',
      ]),
    );
    await dataQuality.forgetOtherSources(asked);
    await dataQuality.write(
      [...asked]
        .filter(([ref]) => counts.has(ref) || findings.has(ref))
        .map(([entityRef, sourceKey]) => ({
          entityRef,
          sourceKey,
          failureDefinition: counts.get(entityRef)?.failureDefinition ?? null,
          findings: findings.get(entityRef) ?? [],
        })),
      now(),
    );
  }
}
