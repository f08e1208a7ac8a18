import { setImmediate } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { isError } from '@backstage/errors';
import { bulkhead } from 'cockatiel';
import {
  Agent,
  fetch as fetchThrough,
  type Response as ResponseThrough,
} from 'undici';
import type { PrometheusConfig } from '../config';
import { errorAnswer, type Request, type Warned } from './api';
import {
  type PrometheusFailure,
  PrometheusRequestError,
  readRetryAfter,
  refusalOf,
} from './failures';
import { EntryTooLongError, inPieces } from './inPieces';
import { createSanitiser } from './serverText';

const MAX_REFUSAL_LENGTH = 64 * 1024;

/** Answers of that length are read one at a time, whatever the server: each takes several times as much memory. */
const LARGE_ANSWER_BYTES = 4 * 1024 * 1024;
const largeAnswers = bulkhead(1, Infinity);

/** How proxies answer that let only GET pass. */
const POST_REFUSED = new Set([403, 405, 501]);

/** Longest URL that servers and proxies take by default: nginx and Apache have 8 KB for the whole line. */
const MAX_URL_LENGTH = 7_500;

/** Shortest range that a server is taken to refuse for its length: shorter ones are asked nevertheless. */
const FEWEST_REFUSED_SECONDS = 86_400;

/** Of the process, or of an agent. */
type AnyResponse = Response | ResponseThrough;

/** Aborts when its time is over. Waiting for other answers is not the server's time. */
class Deadline {
  readonly #controller = new AbortController();
  readonly #durationMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(durationMs: number) {
    this.#durationMs = durationMs;
    this.restart();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  restart(): void {
    this.stop();
    this.#timer = setTimeout(() => this.#controller.abort(), this.#durationMs);
  }
}

/** Sends single requests to one server over HTTP. Its errors are {@link PrometheusRequestError}. */
export class PrometheusHttp {
  readonly #config: PrometheusConfig;
  /** Undefined for the agent of the process, which may be set to pass a proxy. */
  readonly #agent: Agent | undefined;
  /** Sanitises text from the server for messages. */
  readonly quote: (text: string) => string;
  #isGetOnly = false;
  /** The shortest range that the server has refused for its length, and its words. */
  #refusedRange = { seconds: Infinity, problem: '', remedy: '' };

  constructor(config: PrometheusConfig) {
    this.#config = config;
    this.#agent = config.ca
      ? new Agent({ connect: { ca: [...rootCertificates, config.ca] } })
      : undefined;
    this.quote = createSanitiser(config);
  }

  async send<T extends Warned>(
    request: Request<T>,
    callerSignal: AbortSignal | undefined,
  ): Promise<T> {
    const { seconds, problem, remedy } = this.#refusedRange;
    if (request.rangeSeconds >= seconds) {
      throw this.#failure(request, problem, remedy, 'range-too-long');
    }
    const { timeoutMs } = this.#config;
    const deadline = new Deadline(timeoutMs);
    const signal = callerSignal
      ? AbortSignal.any([callerSignal, deadline.signal])
      : deadline.signal;
    try {
      const response = await this.#fetchByAnyMethod(request, signal);
      return await this.#read(request, response, deadline, signal);
    } catch (error) {
      if (error instanceof PrometheusRequestError) {
        throw error;
      }
      callerSignal?.throwIfAborted();
      if (deadline.signal.aborted) {
        throw this.#failure(
          request,
          `no answer within ${timeoutMs / 1000} s`,
          "look at the server's load, or raise timeout",
          'timed-out',
        );
      }
      throw this.#failure(
        request,
        `the connection failed (${this.#codeOf(error)})`,
        'check that url is right and the server is up',
        'interrupted',
      );
    } finally {
      deadline.stop();
    }
  }

  /** A proxy that refuses POST is asked by GET, from then on at once. */
  async #fetchByAnyMethod(
    request: Request<Warned>,
    signal: AbortSignal,
  ): Promise<AnyResponse> {
    const method = this.#isGetOnly ? 'GET' : request.method;
    const response = await this.#fetch(request, method, signal);
    if (method === 'GET' || !POST_REFUSED.has(response.status)) {
      return response;
    }
    const again = await this.#fetch(request, 'GET', signal);
    if (POST_REFUSED.has(again.status)) {
      await again.body?.cancel();
      return response;
    }
    await response.body?.cancel();
    this.#isGetOnly = again.ok;
    return again;
  }

  async #fetch(
    request: Request<Warned>,
    method: 'GET' | 'POST',
    signal: AbortSignal,
  ): Promise<AnyResponse> {
    const url = new URL(`${this.#config.baseUrl}${request.path}`);
    for (const [name, value] of this.#config.parameters) {
      url.searchParams.append(name, value);
    }
    if (method === 'GET') {
      for (const [name, value] of request.parameters) {
        url.searchParams.append(name, value);
      }
    }
    if (method !== request.method && url.href.length > MAX_URL_LENGTH) {
      throw this.#failure(
        request,
        `the server refuses POST, and the question is too long for GET (${url.href.length} characters)`,
        'let the proxy before the server pass POST',
        'too-much',
      );
    }
    const headers = Object.fromEntries(this.#config.headers);
    const init = {
      method,
      headers: { ...headers, accept: 'application/json' },
      body: method === 'POST' ? request.parameters : undefined,
      signal,
      redirect: 'manual',
    } as const;
    return this.#agent
      ? fetchThrough(url, { ...init, dispatcher: this.#agent })
      : fetch(url, init);
  }

  async #read<T extends Warned>(
    request: Request<T>,
    response: AnyResponse,
    deadline: Deadline,
    signal: AbortSignal,
  ): Promise<T> {
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw this.#failure(
        request,
        `the server answered with a redirect (HTTP ${response.status}), and redirects are not followed`,
        'set url to where the API really is',
      );
    }
    if (!response.ok) throw await this.#readRefusal(request, response);

    const { format, limits } = request;
    let entries = 0;
    let answer: T | undefined;
    try {
      const texts = this.#readTexts(request, response, deadline, signal);
      for await (const piece of inPieces(texts, limits)) {
        const part = this.#parse(request, response, piece);
        entries += format.countEntries(part);
        if (entries > limits.entries) {
          throw this.#tooMuch(
            request,
            `has more than ${limits.entries} series`,
          );
        }
        answer = answer === undefined ? part : format.join(answer, part);
        await setImmediate();
      }
      return answer ?? this.#parse(request, response, '');
    } catch (error) {
      throw error instanceof EntryTooLongError
        ? this.#tooMuch(request, 'has a series longer than its hours')
        : error;
    }
  }

  /** @throws TypeError for bodies that are not UTF-8. */
  async *#readTexts(
    request: Request<Warned>,
    response: AnyResponse,
    deadline: Deadline,
    signal: AbortSignal,
  ): AsyncGenerator<string> {
    const { bytes } = request.limits;
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let size = 0;
    let endTurn: (() => void) | undefined;
    try {
      for await (const chunk of response.body ?? []) {
        size += chunk.byteLength;
        if (size > bytes) {
          throw this.#tooMuch(request, `is larger than ${bytes} bytes`);
        }
        if (size > LARGE_ANSWER_BYTES && !endTurn) {
          deadline.stop();
          endTurn = await waitForTurn(signal);
          deadline.restart();
        }
        yield decoder.decode(chunk, { stream: true });
      }
      yield decoder.decode();
    } finally {
      endTurn?.();
    }
  }

  #parse<T extends Warned>(
    request: Request<T>,
    response: AnyResponse,
    body: string,
  ): T {
    const content = parseJson(body);
    if (errorAnswer.safeParse(content).success) {
      throw this.#refusal(request, response, content);
    }
    if (content === undefined) {
      const isWebPage = /^\s*</.test(body);
      throw this.#failure(
        request,
        isWebPage
          ? 'the answer is a web page, not JSON'
          : 'the answer is not complete JSON',
        'check that url leads to the Prometheus API and that no login page or proxy stands before it',
        isWebPage ? 'failed' : 'interrupted',
      );
    }
    const parsed = request.format.schema.safeParse(content);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const place = this.quote(issue.path.join('.') || 'top level');
      throw this.#failure(
        request,
        `the answer has another shape than Prometheus gives, at ${place}`,
        'check that url leads to a server with the Prometheus HTTP API',
      );
    }
    return parsed.data;
  }

  async #readRefusal(
    request: Request<Warned>,
    response: AnyResponse,
  ): Promise<PrometheusRequestError> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > MAX_REFUSAL_LENGTH) break;
    }
    return this.#refusal(request, response, parseJson(text));
  }

  #refusal(
    request: Request<Warned>,
    { status, headers }: AnyResponse,
    content: unknown,
  ): PrometheusRequestError {
    const said = errorAnswer.safeParse(content);
    const words = said.success ? this.quote(said.data.error) : '';
    const { remedy, failure } = refusalOf(status, words);
    const problem = `the server refused with HTTP ${status}${words && `: ${words}`}`;
    if (failure === 'range-too-long') {
      const { seconds } = this.#refusedRange;
      this.#refusedRange = {
        seconds: Math.max(
          FEWEST_REFUSED_SECONDS,
          Math.min(seconds, request.rangeSeconds),
        ),
        problem,
        remedy,
      };
    }
    return this.#failure(
      request,
      problem,
      remedy,
      failure,
      readRetryAfter(headers.get('retry-after'), Date.now()),
    );
  }

  #tooMuch(request: Request<Warned>, problem: string): PrometheusRequestError {
    return this.#failure(
      request,
      `the answer ${problem}`,
      'ask for a shorter range or fewer services',
      'too-much',
    );
  }

  #failure(
    { subject }: Request<Warned>,
    problem: string,
    remedy: string,
    failure: PrometheusFailure = 'failed',
    retryAfterMs?: number,
  ): PrometheusRequestError {
    return new PrometheusRequestError(
      `Datasource '${this.#config.id}' could not be asked for ${subject}: ${problem}; ${remedy}`,
      failure,
      retryAfterMs,
    );
  }

  /** The code of a network failure, such as ECONNREFUSED: the message beside it may hold the URL. */
  #codeOf(error: unknown): string {
    for (let cause = error; isError(cause); cause = cause.cause) {
      if (typeof cause.code === 'string') {
        return this.quote(cause.code);
      }
    }
    return isError(error) ? this.quote(error.name) : 'unknown reason';
  }
}

/** Undefined for text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Waits until no other large answer is being read. Returns what ends the turn. */
function waitForTurn(signal: AbortSignal): Promise<() => void> {
  return new Promise((resolve, reject) => {
    largeAnswers
      .execute(() => new Promise<void>(end => resolve(end)), signal)
      .catch(reject);
  });
}
