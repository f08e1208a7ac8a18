import { setImmediate } from 'timers/promises';

/** Time after which other work of the process runs. */
const SLICE_MS = 8;

let sliceBeganAt = 0;
let lastInLine: Promise<void> = Promise.resolve();

/**
 * Lets other work of the process run if it could not for a while. Awaiting SQLite does not: it answers on this thread,
 * and its continuations run before anything else. The clock is shared by the whole process, as many short slices add up
 * to a long one, and so is the line: of several callers that yield, one continues at a time.
 */
export async function yieldToEventLoop(): Promise<void> {
  if (performance.now() - sliceBeganAt > SLICE_MS) {
    lastInLine = lastInLine.then(() => setImmediate());
    await lastInLine;
    sliceBeganAt = performance.now();
  }
}

/** Splits a list into batches, and yields to the event loop between them. */
export async function* inYieldingBatches<T>(
  items: Iterable<T>,
  batchSize: number = 256,
): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
    await yieldToEventLoop();
  }
  if (batch.length) yield batch;
}
