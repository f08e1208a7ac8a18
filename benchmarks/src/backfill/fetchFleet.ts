import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { FetchMessage, FetchOrder } from './scenario';

/** How a fetch in a process of its own went. */
export interface FetchResult {
  seconds: number;
  refreshSeconds: number;
  /** Hours of services whose stored counts are wrong. */
  wrongHours: number;
  /** Largest resident memory of the process, Node.js itself included. */
  peakBytes: number;
}

/**
 * Fetches the fleet in a process of its own.
 *
 * @param options.killAtShare - share of the fetching done at which the process is killed.
 * @returns undefined where it was killed.
 * @throws Error where it failed.
 */
export async function fetchFleet(
  order: FetchOrder,
  options: { killAtShare?: number; onRefresh?(): Promise<void> } = {},
): Promise<FetchResult | undefined> {
  const { killAtShare = Infinity } = options;
  const result: FetchResult = {
    seconds: NaN,
    refreshSeconds: NaN,
    wrongHours: NaN,
    peakBytes: NaN,
  };
  let failure: string | undefined;
  let isKilled = false;
  const child = fork(resolve(__dirname, 'fetchProcess.ts'), [
    JSON.stringify(order),
  ]);
  child.on('message', (message: FetchMessage) => {
    switch (message.kind) {
      case 'progress':
        if (message.share >= killAtShare && message.share < 1) {
          isKilled = true;
          child.kill('SIGKILL');
        }
        break;
      case 'fetched':
        result.seconds = message.seconds;
        break;
      case 'refreshed':
        result.refreshSeconds = message.seconds;
        break;
      case 'failed':
        failure = message.message;
        break;
      case 'done':
        result.wrongHours = message.wrongHours;
        result.peakBytes = message.peakBytes;
        break;
      default:
        // the compiler of the sources sends messages of its own
        break;
    }
  });
  const [code] = await once(child, 'exit');
  if (isKilled) {
    return undefined;
  }
  if (failure !== undefined || code !== 0) {
    throw new Error(failure ?? `The fetching process ended with ${code}.`);
  }
  return result;
}
