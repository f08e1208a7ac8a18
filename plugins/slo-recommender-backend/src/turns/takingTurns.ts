import { giveWay } from './giveWay';

/** Goes through a list batch by batch, and lets other work of the process run now and then. */
export async function* takingTurns<T>(
  items: Iterable<T>,
  batchSize: number = 256,
): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
    await giveWay();
  }
  if (batch.length) yield batch;
}
