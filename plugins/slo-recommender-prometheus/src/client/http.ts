import { isError } from '@backstage/errors';
import type { PrometheusConfig } from '../config';
import { errorAnswer, type Request, type Warned } from './api';
import {
  type PrometheusFailure,
  PrometheusRequestError,
  readRetryAfter,
  refusalOf,
} from './failures';

const MAX_ANSWER_BYTES = 256 * 1024 * 1024;
const MAX_MESSAGE_LENGTH = 300;

/** Sends single requests to one server over HTTP. Its errors are {@link PrometheusRequestError}. */
export class PrometheusHttp {
  readonly #config: PrometheusConfig;
  readonly #maxAnswerBytes: number;
  readonly #secrets: string[];

  constructor(config: PrometheusConfig, maxAnswerBytes = MAX_ANSWER_BYTES) {
    this.#config = config;
    this.#maxAnswerBytes = maxAnswerBytes;
    // A server may echo the credential without its scheme: 'Bearer abc' is also the secret 'abc'.
    this.#secrets = [...config.headers.values()]
      .flatMap(value => [value, ...value.split(/\s+/)])
      .filter(secret => secret.length >= 4)
      .sort((a, b) => b.length - a.length);
  }

  /** Returns the answer, and its body as text. */
  async send<T extends Warned>(
    request: Request<T>,
    callerSignal: AbortSignal | undefined,
  ): Promise<{ answer: T; body: string }> {
    const { timeoutMs } = this.#config;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = callerSignal
      ? AbortSignal.any([callerSignal, timeout])
      : timeout;
    try {
      const response = await this.#fetch(request, signal);
      const body = await this.#readBody(request, response);
      return { answer: this.#parse(request, response, body), body };
    } catch (error) {
      if (error instanceof PrometheusRequestError) {
        throw error;
      }
      callerSignal?.throwIfAborted();
      if (timeout.aborted) {
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
    }
  }

  /** Sanitises text from the server for messages: redacts secrets, strips control characters, truncates. */
  quote(text: string): string {
    const plain = this.#secrets
      .reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text)
      .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
      .trim();
    return plain.length > MAX_MESSAGE_LENGTH
      ? `${plain.slice(0, MAX_MESSAGE_LENGTH)}…`
      : plain;
  }

  #fetch(
    { method, path, parameters }: Request<Warned>,
    signal: AbortSignal,
  ): Promise<Response> {
    const url = `${this.#config.baseUrl}${path}`;
    const headers = new Headers([...this.#config.headers]);
    headers.set('accept', 'application/json');
    const options = { method, headers, signal, redirect: 'manual' } as const;
    return method === 'GET'
      ? fetch(`${url}?${parameters}`, options)
      : fetch(url, { ...options, body: parameters });
  }

  /** Never holds more than the longest answer allowed. @throws TypeError for bodies that are not UTF-8. */
  async #readBody(
    request: Request<Warned>,
    response: Response,
  ): Promise<string> {
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw this.#failure(
        request,
        `the server answered with a redirect (HTTP ${response.status}), and redirects are not followed`,
        'set url to where the API really is',
      );
    }
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let text = '';
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > this.#maxAnswerBytes) {
        throw this.#failure(
          request,
          `the answer is larger than ${this.#maxAnswerBytes} bytes`,
          'ask for a shorter range or fewer services',
          'too-much',
        );
      }
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  }

  #parse<T extends Warned>(
    request: Request<T>,
    response: Response,
    body: string,
  ): T {
    const content = parseJson(body);
    if (!response.ok || errorAnswer.safeParse(content).success) {
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
    const parsed = request.schema.safeParse(content);
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

  #refusal(
    request: Request<Warned>,
    { status, headers }: Response,
    content: unknown,
  ): PrometheusRequestError {
    const said = errorAnswer.safeParse(content);
    const words = said.success ? `: ${this.quote(said.data.error)}` : '';
    const { remedy, failure } = refusalOf(status);
    return this.#failure(
      request,
      `the server refused with HTTP ${status}${words}`,
      remedy,
      failure,
      readRetryAfter(headers.get('retry-after'), Date.now()),
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
