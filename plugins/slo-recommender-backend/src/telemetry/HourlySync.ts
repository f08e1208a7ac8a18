import { createHash } from 'crypto';
import type {
  HourRange,
  TelemetryRequestOptions,
  TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import { forEachConcurrently } from '../kernel/concurrency/forEachConcurrently';
import {
  DatabaseFailure,
  onDatabase,
} from '../kernel/database/databaseFailures';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import type { FetchProgress } from './FetchProgress';
import type { HourlySeries } from './history/codec';
import type { HourlyHistoryStore } from './history/HourlyHistoryStore';
import { type Chunk, planChunks } from './planChunks';

/**
 * Chunks that are fetched or written at a time: one is written while others are fetched. More would be more memory, and
 * more to ask again after a fetch that was cut off. What a source asks at a time is its own affair.
 */
const CHUNKS_AT_ONCE = 3;

/** Answer of a datasource about the hours of a chunk. */
export interface HourlyAnswer<Values> {
  /** By entity reference; services of which the datasource knows nothing are left out. */
  values: ReadonlyMap<string, Values>;
  /** What is missing from a partial answer, which is not stored; empty if the answer is whole. */
  warnings: string[];
  /** Stores what the answer says of the telemetry itself. */
  storeFindings(): Promise<void>;
}

/** One kind of hourly values that a datasource has. */
export interface HourlyFeed<Values extends { evidence: string }> {
  /** Of the datasource. */
  readonly id: string;
  /** What of its data the datasource counts, see `TelemetrySource`. */
  readonly selection: string | undefined;
  readonly series: HourlySeries<Values, unknown>;
  /** Puts together services that are asked for at once over a range. */
  group(
    services: CatalogEntity[],
    range: HourRange,
    options: TelemetryRequestOptions,
  ): Promise<CatalogEntity[][]>;
  /** @param sourceKeys - by entity reference, those of the services of the chunk. */
  fetch(
    services: TelemetryService[],
    chunk: Chunk,
    sourceKeys: Map<string, string>,
    options: TelemetryRequestOptions,
  ): Promise<HourlyAnswer<Values>>;
}

/** Services whose hours could not all be fetched. */
export interface IncompleteFetch {
  /** Entity references. */
  incomplete: Set<string>;
  /** What the source said of answers that are not whole. */
  warnings: Set<string>;
  /** What ended the fetching early. */
  error: unknown;
  /** Chunks that were fetched whole. */
  fetched: number;
}

/** Fetches the hours that are not stored yet, of any kind, and stores them chunk by chunk. */
export class HourlySync {
  readonly #history: HourlyHistoryStore;
  readonly #now: () => Date;

  constructor(options: { history: HourlyHistoryStore; now: () => Date }) {
    this.#history = options.history;
    this.#now = options.now;
  }

  /** The first failure ends it; what was stored until then stays, and is not asked for again. */
  async run<Values extends { evidence: string }>(
    feed: HourlyFeed<Values>,
    services: CatalogEntity[],
    range: HourRange,
    {
      signal,
      progress,
      namesOfOthers = new Map(),
    }: {
      signal: AbortSignal;
      progress: FetchProgress;
      namesOfOthers?: ReadonlyMap<string, string[]>;
    },
  ): Promise<IncompleteFetch> {
    const { kind } = feed.series.codec;
    const sourceKeys = new Map(
      services.map(service => [
        service.entityRef,
        sourceKeyOf(feed, service, namesOfOthers.get(service.entityRef)),
      ]),
    );
    const result: IncompleteFetch = {
      incomplete: new Set(),
      warnings: new Set(),
      error: undefined,
      fetched: 0,
    };
    // until there is a plan, everything may be missing
    let left: ReadonlySet<{ services: CatalogEntity[] }> = new Set([
      { services },
    ]);
    try {
      const chunks = await planChunks(
        services,
        {
          sourceKeys,
          range,
          readCoverage: refs =>
            onDatabase(this.#history.coverage(feed.series, refs, range)),
        },
        (members, hours) => feed.group(members, hours, { signal }),
        this.#now(),
      );
      const notFetched = new Set<{ services: CatalogEntity[] }>(chunks);
      left = notFetched;
      await onDatabase(progress.plan(kind, chunks));
      await forEachConcurrently(
        chunks,
        CHUNKS_AT_ONCE,
        async (chunk, chunkSignal) => {
          const warnings = await this.#fetchChunk(feed, chunk, {
            sourceKeys,
            namesOfOthers,
            // what was found long ago is of no interest today
            isNewest: chunk.range.to.getTime() === range.to.getTime(),
            signal: chunkSignal,
          });
          warnings.forEach(warning => result.warnings.add(warning));
          if (warnings.length === 0) {
            notFetched.delete(chunk);
            result.fetched += 1;
          }
          await onDatabase(progress.done(kind, chunk));
        },
        signal,
      );
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DatabaseFailure) throw error.cause;
      result.error = error;
    }
    for (const { services: members } of left) {
      members.forEach(({ entityRef }) => result.incomplete.add(entityRef));
    }
    return result;
  }

  /** Fetches and stores one chunk. Returns the warnings of a partial answer, which is not stored. */
  async #fetchChunk<Values extends { evidence: string }>(
    feed: HourlyFeed<Values>,
    chunk: Chunk,
    options: {
      sourceKeys: Map<string, string>;
      namesOfOthers: ReadonlyMap<string, string[]>;
      isNewest: boolean;
      signal: AbortSignal;
    },
  ): Promise<string[]> {
    const keys = new Map(
      chunk.services.map(({ entityRef }) => [
        entityRef,
        options.sourceKeys.get(entityRef) ?? '',
      ]),
    );
    const { values, warnings, storeFindings } = await feed.fetch(
      chunk.services.map(({ entityRef, telemetryNames, matchers }) => {
        const namesOfOthers = options.namesOfOthers.get(entityRef);
        return {
          entityRef,
          telemetryNames,
          ...(namesOfOthers && { namesOfOthers }),
          ...(matchers && { matchers }),
        };
      }),
      chunk,
      keys,
      { signal: options.signal },
    );
    if (warnings.length) return warnings;
    await onDatabase(
      this.#history.write(
        feed.series,
        chunk.range,
        [...keys].map(([entityRef, sourceKey]) => ({
          entityRef,
          sourceKey,
          values: values.get(entityRef),
        })),
        this.#now(),
      ),
    );
    if (options.isNewest) await onDatabase(storeFindings());
    return [];
  }
}

/** Identifies what was asked for: another datasource, other names or another selection are another history. */
function sourceKeyOf(
  { id, selection }: Pick<HourlyFeed<never>, 'id' | 'selection'>,
  { telemetryNames, matchers }: CatalogEntity,
  namesOfOthers: string[] | undefined,
): string {
  const isAll = selection === undefined && matchers === null;
  return createHash('sha256')
    .update(
      JSON.stringify([
        id,
        telemetryNames,
        ...(isAll ? [] : [selection ?? null, matchers]),
        ...(namesOfOthers ? [{ namesOfOthers }] : []),
      ]),
    )
    .digest('base64url')
    .slice(0, 16);
}
