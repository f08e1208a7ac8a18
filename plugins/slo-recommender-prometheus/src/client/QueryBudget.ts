import type { Clock } from './Clock';

const MINUTE_MS = 60_000;

/** Keeps the number of questions in any minute within a limit. */
export class QueryBudget {
  readonly #perMinute: number;
  readonly #clock: Clock;
  /** When the questions of the last minute were or will be asked, oldest first. */
  #askedAtMs: number[] = [];

  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
  }

  /** Waits until one more question is within the limit. */
  async spend(signal?: AbortSignal): Promise<void> {
    const nowMs = this.#clock.nowMs();
    this.#askedAtMs = this.#askedAtMs.filter(atMs => atMs > nowMs - MINUTE_MS);
    const before = this.#askedAtMs.at(-this.#perMinute);
    const atMs = before === undefined ? nowMs : before + MINUTE_MS;
    this.#askedAtMs.push(atMs);
    if (atMs > nowMs) await this.#clock.sleep(atMs - nowMs, signal);
  }
}
