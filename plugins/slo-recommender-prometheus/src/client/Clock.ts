import { setTimeout } from 'timers/promises';

/** Tells the time, and waits. */
export interface Clock {
  /** Unix time in milliseconds. */
  nowMs(): number;
  /** Rejects when the signal aborts before the time is over. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

export const SYSTEM_CLOCK: Clock = {
  nowMs: () => Date.now(),
  sleep: async (durationMs, signal) => {
    await setTimeout(durationMs, undefined, { signal });
  },
};
