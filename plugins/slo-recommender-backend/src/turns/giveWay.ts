import { setImmediate } from 'timers/promises';

/** Time after which other work of the process gets its turn. */
const TURN_MS = 8;

let turnBegan = 0;
let lastInLine: Promise<void> = Promise.resolve();

/**
 * Lets other work of the process run where it was not for a while. Waiting for SQLite does not: it answers on this
 * thread, and what is awaited goes on before anything else. The clock is one for all, as many short pieces of work make
 * a long one, and so is the line: of several that give way, one goes on at a time.
 */
export async function giveWay(): Promise<void> {
  if (performance.now() - turnBegan > TURN_MS) {
    lastInLine = lastInLine.then(() => setImmediate());
    await lastInLine;
    turnBegan = performance.now();
  }
}
