/** Fewest and first number of requests at a time. */
const MIN_LIMIT = 1;
const FIRST_LIMIT = 2;

/** A place among the requests that are under way. */
interface Place {
  /** Gives the place back. `overloaded`: the server had too much to do. */
  leave(result: 'answered' | 'overloaded' | 'other'): void;
}

/**
 * How many requests a server gets at a time: one more for every round of answers, half as many when it is overloaded
 * (additive increase, multiplicative decrease: Chiu and Jain, 1989).
 */
export class AdaptiveConcurrency {
  readonly #max: number;
  readonly #waiting: (() => void)[] = [];
  #limit: number;
  #underWay = 0;
  /** Grows when the limit is halved: what was asked before then tells nothing of the new limit. */
  #round = 0;

  constructor(max: number) {
    this.#max = max;
    this.#limit = Math.min(FIRST_LIMIT, max);
  }

  /** Requests at a time; grows by fractions. */
  get limit(): number {
    return this.#limit;
  }

  /** Waits for a place. @throws the reason of the signal when it aborts before. */
  async enter(signal?: AbortSignal): Promise<Place> {
    signal?.throwIfAborted();
    if (this.#underWay >= Math.floor(this.#limit)) {
      await this.#wait(signal);
    } else {
      this.#underWay += 1;
    }
    const round = this.#round;
    return {
      leave: result => {
        this.#underWay -= 1;
        if (result === 'answered') {
          this.#limit = Math.min(this.#max, this.#limit + 1 / this.#limit);
        } else if (result === 'overloaded' && round === this.#round) {
          this.#limit = Math.max(MIN_LIMIT, Math.floor(this.#limit / 2));
          this.#round += 1;
        }
        this.#admit();
      },
    };
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const admitted = new AbortController();
      const admit = () => {
        admitted.abort();
        resolve();
      };
      this.#waiting.push(admit);
      signal?.addEventListener(
        'abort',
        () => {
          this.#waiting.splice(this.#waiting.indexOf(admit), 1);
          reject(signal.reason);
        },
        { once: true, signal: admitted.signal },
      );
    });
  }

  #admit(): void {
    while (this.#underWay < Math.floor(this.#limit)) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#underWay += 1;
      next();
    }
  }
}
