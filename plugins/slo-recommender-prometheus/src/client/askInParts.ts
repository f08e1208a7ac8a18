import {
  type PrometheusFailure,
  PrometheusRequestError,
  REACTIONS,
} from './failures';

const CONCURRENCY = 4;

interface PartsOptions<P, A> {
  ask(part: P, signal: AbortSignal): Promise<A>;
  /** Two smaller parts that together ask the same, or none where a part cannot be made smaller. */
  halve(part: P, failure: PrometheusFailure): P[];
  signal?: AbortSignal;
  /** Called with the share of parts done, in [0, 1]. */
  onProgress?(share: number): void;
}

/**
 * Starts several promises at once, like `Promise.all`. The first that fails aborts the others, and is thrown once all of
 * them have ended: a caller that tries again must not compete with requests of the attempt before.
 */
export async function runTogether<T extends readonly unknown[] | []>(
  start: (signal: AbortSignal) => T,
  signal?: AbortSignal,
) {
  const group = new AbortController();
  const running = start(
    signal ? AbortSignal.any([signal, group.signal]) : group.signal,
  );
  await Promise.all(
    running.map(async one => {
      try {
        await one;
      } catch (error) {
        group.abort(error);
      }
    }),
  );
  group.signal.throwIfAborted();
  return Promise.all(running);
}

/**
 * Asks for every part, at most four at a time. A part that is too much for the server is asked in halves, and one that
 * it had no time for, or answered only in part, once more in halves. The first part that fails nevertheless aborts the
 * others and is thrown. Answers come in no particular order.
 */
export async function askInParts<P, A>(
  parts: readonly P[],
  { ask, halve, signal, onProgress }: PartsOptions<P, A>,
): Promise<A[]> {
  const answers: A[] = [];
  const waiting = [...parts];
  let done = 0;

  const work = async (either: AbortSignal) => {
    for (
      let part = waiting.shift();
      part !== undefined;
      part = waiting.shift()
    ) {
      either.throwIfAborted();
      answers.push(...(await askOrHalve(part, ask, halve, either)));
      done += 1;
      onProgress?.(done / parts.length);
    }
  };
  await runTogether(
    either => Array.from({ length: CONCURRENCY }, () => work(either)),
    signal,
  );
  return answers;
}

async function askOrHalve<P, A>(
  part: P,
  ask: PartsOptions<P, A>['ask'],
  halve: PartsOptions<P, A>['halve'],
  signal: AbortSignal,
  depth = 0,
): Promise<A[]> {
  try {
    return [await ask(part, signal)];
  } catch (error) {
    // aborted with the failure of a sibling, a part must not be halved for it
    const halves =
      error instanceof PrometheusRequestError &&
      !signal.aborted &&
      depth < REACTIONS[error.failure].halvings
        ? halve(part, error.failure)
        : [];
    if (halves.length === 0) {
      throw error;
    }
    const answers: A[] = [];
    for (const half of halves) {
      answers.push(...(await askOrHalve(half, ask, halve, signal, depth + 1)));
    }
    return answers;
  }
}
