import { createHash } from 'crypto';
import type { Operation } from 'backstage-plugin-slo-recommender-common';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { parseYielding } from './parseYielding';

/** An answer as JSON that was checked when it was made; it is not made for a caller who has it already. */
export class ReadyAnswer {
  /** @param etag - answers with the same one say the same. */
  constructor(
    readonly etag: string,
    readonly json: () => Promise<Buffer>,
  ) {}
}

/** @throws ZodError for an answer that is not what the operation promises. */
export async function checkAnswer(
  response: z.ZodType,
  answer: unknown,
): Promise<unknown> {
  if (!(response instanceof z.ZodObject)) return response.parse(answer);
  const result = await parseYielding(response, answer);
  if (result.success) return result.data;
  throw new z.ZodRealError(result.issues);
}

/** Answers of an operation, ready to send and kept while there is room for them. */
export class ReadyAnswers<O extends Operation> {
  readonly #answers: LRUCache<
    string,
    Buffer,
    () => Promise<z.input<O['response']>>
  >;

  constructor({ response }: Pick<O, 'response'>, maxBytes: number) {
    this.#answers = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: json => json.length,
      // one that gives way to others while it is made still reaches those who wait for it
      ignoreFetchAbort: true,
      fetchMethod: async (_etag, _stale, { context: make }) =>
        Buffer.from(JSON.stringify(await checkAnswer(response, await make()))),
    });
  }

  /**
   * The ETag is weak: the same inputs give the same answer, if not to the byte in every version of a dependency.
   *
   * @param inputs - all that the answer follows from, as JSON; who may read it is decided before.
   */
  answer(
    inputs: unknown,
    make: () => Promise<z.input<O['response']>>,
  ): ReadyAnswer {
    const hash = createHash('sha256').update(JSON.stringify(inputs));
    const etag = `W/"${hash.digest('base64url')}"`;
    return new ReadyAnswer(etag, () =>
      this.#answers.forceFetch(etag, { context: make }),
    );
  }
}
