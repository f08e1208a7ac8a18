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
  #probing = false;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Whether a question may be asked now. Once the pause is over one may; what comes of it decides for the others. */
  admits(): boolean {
    if (this.#openUntilMs === undefined) return true;
    if (this.#probing || this.#nowMs() < this.#openUntilMs) return false;
    this.#probing = true;
    return true;
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
    this.#probing = false;
  }

  /** The server has failed. */
  failed(strikes: number): void {
    this.#strikes += strikes;
    if (this.#probing) {
      this.#pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * this.#pauseMs);
      this.openFor(this.#pauseMs);
    } else if (this.#openUntilMs === undefined && this.#strikes >= STRIKES) {
      this.openFor(this.#pauseMs);
    }
  }

  /** The question that was admitted was not asked to its end: the next one may be. */
  abandoned(): void {
    this.#probing = false;
  }

  /** Leaves the server alone for so many milliseconds. */
  openFor(durationMs: number): void {
    this.#probing = false;
    this.#openUntilMs = this.#nowMs() + durationMs;
  }
}
