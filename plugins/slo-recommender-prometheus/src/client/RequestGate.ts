import { once } from 'node:events';
import type { TelemetryMeter } from 'backstage-plugin-slo-recommender-node';
import {
  BrokenCircuitError,
  bulkhead,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  DelegateBackoff,
  ExponentialBackoff,
  handleType,
  noJitterGenerator,
  retry,
  TaskCancelledError,
  type BulkheadPolicy,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import type { RequestBudget } from '../config';
import { PrometheusRequestError, REACTIONS } from './failures';

/** Pause before the second attempt; each further one is twice as long. */
const FIRST_BACKOFF_MS = 250;

/** Strikes in a row after which the server is left alone. */
const STRIKES = 10;

/** How long it is left alone: twice as long each time that the probe fails. */
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 600_000;

/** Longest `Retry-After` that is waited for; a longer one ends the requests. */
const MAX_RETRY_AFTER_MS = 60_000;

const MINUTE_MS = 60_000;

const BREAKER_STATES = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
} as const;

/** Receives the signal that ends it. */
type Attempt<T> = (signal: AbortSignal | undefined) => Promise<T>;

/**
 * Sends the requests to one server: at most so many at a time and in any minute, again if that may help, and not at all
 * while the server is left alone.
 */
export class RequestGate {
  readonly #datasourceId: string;
  readonly #backoff: ExponentialBackoff<number>;
  readonly #places: BulkheadPolicy;
  readonly #strikes = new ConsecutiveBreaker(STRIKES);
  readonly #breaker: CircuitBreakerPolicy;
  readonly #perMinute: number;
  readonly #meter: TelemetryMeter | undefined;
  /** When the requests of the last minute were or will be sent, oldest first. */
  #sentAtMs: number[] = [];
  #quietUntilMs = 0;
  #openUntilMs = 0;

  constructor(
    datasourceId: string,
    { maxConcurrency, maxQueriesPerMinute }: RequestBudget,
    firstBackoffMs = FIRST_BACKOFF_MS,
    meter?: TelemetryMeter,
  ) {
    this.#datasourceId = datasourceId;
    this.#meter = meter;
    this.#perMinute = maxQueriesPerMinute;
    this.#places = bulkhead(maxConcurrency, Infinity);
    this.#backoff = new ExponentialBackoff({
      initialDelay: firstBackoffMs,
      generator: noJitterGenerator,
    });
    this.#breaker = circuitBreaker(handleType(PrometheusRequestError), {
      breaker: this.#strikes,
      halfOpenAfter: new DelegateBackoff(({ attempt, result }) =>
        this.#leaveAlone(attempt, 'error' in result ? result.error : undefined),
      ),
    });
    meter?.breaker('closed');
    this.#breaker.onStateChange(state => meter?.breaker(BREAKER_STATES[state]));
  }

  /**
   * Sends a request until it is answered, or further attempts are of no use.
   *
   * @throws PrometheusRequestError of the last attempt, or that the server is left alone; the reason of the signal as
   *   soon as it aborts.
   */
  async ask<T>(request: Attempt<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    let attempts = 0;
    const retries = retry(
      handleType(
        PrometheusRequestError,
        ({ failure }) => attempts < REACTIONS[failure].attempts,
      ),
      { maxAttempts: Infinity, backoff: this.#backoff },
    );
    const answer = retries.execute(() => {
      attempts += 1;
      return this.#places.execute(() => this.#send(request, signal), signal);
    }, signal);
    return signal ? orAbort(answer, signal) : answer;
  }

  async #send<T>(request: Attempt<T>, signal?: AbortSignal): Promise<T> {
    await sleepUntil(this.#quietUntilMs, signal);
    try {
      const outcome = await this.#breaker.execute(
        () => this.#attempt(request, signal),
        signal,
      );
      if ('error' in outcome) throw outcome.error;
      return outcome.answer;
    } catch (error) {
      throw error instanceof BrokenCircuitError ? this.#paused() : error;
    }
  }

  /** Returns failures that show that the server works, and throws those that count against it. */
  async #attempt<T>(
    request: Attempt<T>,
    callerSignal: AbortSignal | undefined,
  ): Promise<{ answer: T } | { error: PrometheusRequestError }> {
    // Other requests wait for the outcome of a probe: it does not end with its caller.
    const isProbe = this.#breaker.state === CircuitState.HalfOpen;
    const signal = isProbe ? undefined : callerSignal;
    let sentAtMs = NaN;
    const measure = (outcome: string) =>
      this.#meter?.request(outcome, (performance.now() - sentAtMs) / 1_000);
    try {
      await this.#spend(signal);
      sentAtMs = performance.now();
      const answer = await request(signal);
      measure('ok');
      return { answer };
    } catch (error) {
      // the reason of an abort may be the failure of a sibling, which says nothing of this request
      if (signal?.aborted) throw new TaskCancelledError();
      if (!(error instanceof PrometheusRequestError)) throw error;
      measure(error.failure);
      const { retryAfterMs = 0 } = error;
      if (retryAfterMs > MAX_RETRY_AFTER_MS) {
        this.#strikes.state += STRIKES;
        throw error;
      }
      this.#quietUntilMs = Math.max(
        this.#quietUntilMs,
        Date.now() + retryAfterMs,
      );
      const { strikes } = REACTIONS[error.failure];
      if (strikes === 0) return { error };
      // the breaker adds one for each failure
      this.#strikes.state += strikes - 1;
      throw error;
    }
  }

  /** Waits until one more request is within the limit per minute. */
  async #spend(signal: AbortSignal | undefined): Promise<void> {
    const nowMs = Date.now();
    this.#sentAtMs = this.#sentAtMs.filter(atMs => atMs > nowMs - MINUTE_MS);
    const before = this.#sentAtMs.at(-this.#perMinute);
    const atMs = before === undefined ? nowMs : before + MINUTE_MS;
    this.#sentAtMs.push(atMs);
    await sleepUntil(atMs, signal);
  }

  /** Returns for how long, in milliseconds. */
  #leaveAlone(times: number, error: unknown): number {
    const asked =
      error instanceof PrometheusRequestError ? (error.retryAfterMs ?? 0) : 0;
    const pauseMs = Math.min(
      LONGEST_PAUSE_MS,
      asked > MAX_RETRY_AFTER_MS ? asked : FIRST_PAUSE_MS * 2 ** (times - 1),
    );
    this.#openUntilMs = Date.now() + pauseMs;
    return pauseMs;
  }

  #paused(): PrometheusRequestError {
    const { lastFailure } = this.#breaker;
    const error =
      lastFailure && 'error' in lastFailure ? lastFailure.error : undefined;
    const until = new Date(this.#openUntilMs).toISOString();
    return new PrometheusRequestError(
      `Datasource '${this.#datasourceId}' is left alone until ${until}, as it failed too often. The last time: ${
        error instanceof PrometheusRequestError ? error.message : ''
      }`,
      'paused',
    );
  }
}

async function sleepUntil(
  atMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const durationMs = atMs - Date.now();
  if (durationMs <= 0) return;
  signal?.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  const slept = new Promise<void>(resolve => {
    timer = setTimeout(resolve, durationMs);
  });
  try {
    await (signal ? orAbort(slept, signal) : slept);
  } finally {
    clearTimeout(timer);
  }
}

/** Settles as the work does, or rejects with the reason of the signal as soon as it aborts. */
async function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const settled = new AbortController();
  const aborted = once(signal, 'abort', { signal: settled.signal });
  const abort = aborted.then((): never => {
    throw signal.reason;
  });
  try {
    return await Promise.race([work, abort]);
  } finally {
    settled.abort();
  }
}
