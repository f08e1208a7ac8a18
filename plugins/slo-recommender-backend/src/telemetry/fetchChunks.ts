import type { CatalogEntity } from '../store';
import { forEachConcurrently } from '../kernel/concurrency/forEachConcurrently';
import type { Chunk } from './planChunks';

/**
 * Chunks that are fetched or written at a time: one is written while others are fetched. More would be more memory, and
 * more to ask again after a fetch that was cut off. What a source asks at a time is its own affair.
 */
const CHUNKS_AT_ONCE = 3;

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

/** Who is told of how far the fetching is. */
export interface FetchObserver {
  signal: AbortSignal;
  onPlan(chunks: Chunk[]): Promise<void>;
  onChunk(chunk: Chunk): Promise<void>;
}

/**
 * Fetches and stores what is missing. The first failure ends it; what was stored until then stays, and is not asked for
 * again.
 *
 * @param work.fetch - fetches and stores one chunk; resolves to the warnings of a partial answer, which is not stored.
 */
export async function fetchChunks(
  services: CatalogEntity[],
  work: {
    plan(): Promise<Chunk[]>;
    fetch(chunk: Chunk, signal: AbortSignal): Promise<string[]>;
  },
  { signal, onPlan, onChunk }: FetchObserver,
): Promise<IncompleteFetch> {
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
    const chunks = await work.plan();
    const notFetched = new Set<{ services: CatalogEntity[] }>(chunks);
    left = notFetched;
    await onPlan(chunks);
    await forEachConcurrently(
      chunks,
      CHUNKS_AT_ONCE,
      async (chunk, chunkSignal) => {
        const warnings = await work.fetch(chunk, chunkSignal);
        warnings.forEach(warning => result.warnings.add(warning));
        if (warnings.length === 0) {
          notFetched.delete(chunk);
          result.fetched += 1;
        }
        await onChunk(chunk);
      },
      signal,
    );
  } catch (error) {
    signal.throwIfAborted();
    result.error = error;
  }
  for (const { services: members } of left) {
    members.forEach(({ entityRef }) => result.incomplete.add(entityRef));
  }
  return result;
}
