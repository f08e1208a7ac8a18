import type { Clock } from '../Clock';

/** A clock on which waiting takes no time, and moves it on. */
export class InstantClock implements Clock {
  readonly sleeps: number[] = [];
  #nowMs = Date.parse('2026-03-01T00:00:00Z');

  nowMs(): number {
    return this.#nowMs;
  }

  async sleep(durationMs: number): Promise<void> {
    this.sleeps.push(durationMs);
    this.#nowMs += durationMs;
  }

  advance(durationMs: number): void {
    this.#nowMs += durationMs;
  }
}
