import { once } from 'node:events';

/** Strikes in a row after which the server is left alone. */
const STRIKES = 10;

/** How long it is left alone: longer each time that the one question after it fails, too. */
const FIRST_PAUSE_MS = 30_000;
export const LONGEST_PAUSE_MS = 600_000;

/** Leaves a server alone that has failed too often, then asks it one question before all others. */
export class CircuitBreaker {
  readonly #nowMs: () => number;
  #strikes = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #openUntilMs: number | undefined;
  /** Aborted when the probe under way has ended. */
  #probe: AbortController | undefined;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /**
   * Returns whether a question may be asked now. Once the pause is over one may, as a probe; the others wait for its
   * outcome: to refuse them would abort their siblings, and the probe among them.
   *
   * @throws the reason of the signal if it aborts while waiting.
   */
  async admit(signal?: AbortSignal): Promise<'request' | 'probe' | 'refused'> {
    while (this.#probe) {
      const ended = [this.#probe.signal, ...(signal ? [signal] : [])];
      await once(AbortSignal.any(ended), 'abort');
      signal?.throwIfAborted();
    }
    if (this.#openUntilMs === undefined) return 'request';
    if (this.#nowMs() < this.#openUntilMs) return 'refused';
    this.#probe = new AbortController();
    return 'probe';
  }

  /** Until when the server is left alone, as Unix time in milliseconds; undefined while it is not. */
  get openUntilMs(): number | undefined {
    return this.#openUntilMs;
  }

  /** The server works. */
  succeeded(): void {
    this.#strikes = 0;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#openUntilMs = undefined;
    this.endProbe();
  }

  /** The server has failed. */
  failed(strikes: number): void {
    this.#strikes += strikes;
    if (this.#probe) {
      this.#pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * this.#pauseMs);
      this.openFor(this.#pauseMs);
    } else if (this.#openUntilMs === undefined && this.#strikes >= STRIKES) {
      this.openFor(this.#pauseMs);
    }
  }

  /** Lets the waiting questions be decided anew; if the probe had no outcome, one of them is the next probe. */
  endProbe(): void {
    this.#probe?.abort();
    this.#probe = undefined;
  }

  /** Leaves the server alone for so many milliseconds. */
  openFor(durationMs: number): void {
    this.#openUntilMs = this.#nowMs() + durationMs;
    this.endProbe();
  }
}
