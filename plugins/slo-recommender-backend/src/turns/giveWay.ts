import { setImmediate } from 'timers/promises';

/** Time after which other work of the process gets its turn. */
const TURN_MS = 8;

let turnBegan = 0;

/**
 * Lets other work of the process run where it was not for a while. Waiting for SQLite does not: it answers on this
 * thread, and what is awaited goes on before anything else. The clock is one for all, as many short pieces of work make
 * a long one.
 */
export async function giveWay(): Promise<void> {
  if (performance.now() - turnBegan > TURN_MS) {
    await setImmediate();
    turnBegan = performance.now();
  }
}
