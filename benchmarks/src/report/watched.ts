import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';

/** What a piece of work took, in milliseconds. */
export interface Watched<T> {
  result: T;
  ms: number;
  /** Work of the processor in this process. */
  cpuMs: number;
  /** Longest time for which nothing else of the process could run. */
  longestBlockMs: number;
  /** Delay of other work of the process that one look in a hundred exceeds. */
  delayP99Ms: number;
}

/** Until the work of before has been cleaned up. */
const REST_MS = 200;

/** Runs something, and watches what it costs the rest of the process. */
export async function watched<T>(work: () => Promise<T>): Promise<Watched<T>> {
  await setTimeout(REST_MS);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await setTimeout(REST_MS);
  delay.reset();
  // the first delay after a reset is not noted
  await setTimeout(10);
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const result = await work();
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  // a delay is noted when it is over
  await setTimeout(10);
  delay.disable();
  return {
    result,
    ms,
    cpuMs: (user + system) / 1_000,
    longestBlockMs: delay.max / 1e6,
    delayP99Ms: delay.percentile(99) / 1e6,
  };
}
