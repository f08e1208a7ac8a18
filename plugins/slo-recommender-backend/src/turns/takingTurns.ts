import { setImmediate } from 'timers/promises';

/** Time after which other work of the process gets its turn. */
const TURN_MS = 8;

/** Goes through a list batch by batch, and lets other work of the process run now and then. */
export async function* takingTurns<T>(
  items: Iterable<T>,
  batchSize: number = 256,
): AsyncGenerator<T[]> {
  let batch: T[] = [];
  let turnBegan = performance.now();
  for (const item of items) {
    batch.push(item);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
    if (performance.now() - turnBegan > TURN_MS) {
      await setImmediate();
      turnBegan = performance.now();
    }
  }
  if (batch.length) yield batch;
}
