import type { RequestBudget } from '../config';
import { AdaptiveConcurrency } from './AdaptiveConcurrency';
import { CircuitBreaker, LONGEST_PAUSE_MS } from './CircuitBreaker';
import type { Clock } from './Clock';
import { QueryBudget } from './QueryBudget';
import { PrometheusRequestError, REACTIONS } from './failures';

/** Pause before the second attempt; each further one is twice as long. */
const FIRST_BACKOFF_MS = 250;

/** Longest time that a server wants to be left alone and that is waited for; a longer one ends the questions. */
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * What every request to one server passes: it waits for its turn, is repeated where that may help, and is refused while
 * the server is left alone.
 */
export class RequestGate {
  readonly #datasourceId: string;
  readonly #clock: Clock;
  readonly #concurrency: AdaptiveConcurrency;
  readonly #budget: QueryBudget;
  readonly #breaker: CircuitBreaker;
  #quietUntilMs = 0;
  #lastFailure = '';

  constructor(datasourceId: string, budget: RequestBudget, clock: Clock) {
    this.#datasourceId = datasourceId;
    this.#clock = clock;
    this.#concurrency = new AdaptiveConcurrency(budget.maxConcurrency);
    this.#budget = new QueryBudget(budget.maxQueriesPerMinute, clock);
    this.#breaker = new CircuitBreaker(() => clock.nowMs());
  }

  /**
   * Asks until there is an answer, or further attempts are of no use.
   *
   * @throws PrometheusRequestError of the last attempt, or that the server is left alone.
   */
  async ask<T>(request: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#askOnce(request, signal);
      } catch (error) {
        if (!(error instanceof PrometheusRequestError)) throw error;
        if (attempt >= REACTIONS[error.failure].attempts) throw error;
        await this.#clock.sleep(FIRST_BACKOFF_MS * 2 ** (attempt - 1), signal);
      }
    }
  }

  async #askOnce<T>(
    request: () => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const place = await this.#concurrency.enter(signal);
    let result: Parameters<typeof place.leave>[0] = 'other';
    let admission: Awaited<ReturnType<CircuitBreaker['admit']>> | undefined;
    try {
      const quietMs = this.#quietUntilMs - this.#clock.nowMs();
      if (quietMs > 0) await this.#clock.sleep(quietMs, signal);
      admission = await this.#breaker.admit(signal);
      if (admission === 'refused') throw this.#paused();
      await this.#budget.spend(signal);
      const answer = await request();
      this.#breaker.succeeded();
      result = 'answered';
      return answer;
    } catch (error) {
      // the reason of an abort may be the failure of a sibling, which says nothing of this request
      const isAborted = signal?.aborted === true;
      if (isAborted || !(error instanceof PrometheusRequestError)) {
        if (admission === 'probe') this.#breaker.endProbe();
      } else if (error.failure !== 'paused') {
        if (REACTIONS[error.failure].slowsDown) result = 'overloaded';
        this.#noteFailure(error);
      }
      throw error;
    } finally {
      place.leave(result);
    }
  }

  #noteFailure(error: PrometheusRequestError): void {
    const { strikes } = REACTIONS[error.failure];
    const { retryAfterMs = 0 } = error;
    this.#lastFailure = error.message;
    if (retryAfterMs > MAX_RETRY_AFTER_MS) {
      this.#breaker.openFor(Math.min(retryAfterMs, LONGEST_PAUSE_MS));
      return;
    }
    this.#quietUntilMs = Math.max(
      this.#quietUntilMs,
      this.#clock.nowMs() + retryAfterMs,
    );
    if (strikes > 0) {
      this.#breaker.failed(strikes);
    } else {
      this.#breaker.succeeded();
    }
  }

  #paused(): PrometheusRequestError {
    const untilMs = this.#breaker.openUntilMs ?? this.#clock.nowMs();
    return new PrometheusRequestError(
      `Datasource '${
        this.#datasourceId
      }' is left alone until ${new Date(untilMs).toISOString()}, as it failed too often. The last time: ${
        this.#lastFailure
      }`,
      'paused',
    );
  }
}
