import type { PrometheusConfig } from '../config';
import { printExpression, printSelector } from '../promql/print';
import { type Clock, SYSTEM_CLOCK } from './Clock';
import { MessageText } from './MessageText';
import { RequestGate } from './RequestGate';
import {
  type Answer,
  errorAnswer,
  type LabelNamesQuery,
  labelValuesAnswer,
  type LabelValuesQuery,
  matrixAnswer,
  type MatrixSeries,
  questionOf,
  type RangeQuery,
  type Request,
  type Warned,
} from './api';
import { BodyTooLargeError, readBoundedText } from './boundedText';
import {
  type PrometheusFailure,
  PrometheusRequestError,
  readRetryAfter,
  refusalOf,
} from './failures';

const MAX_ANSWER_BYTES = 256 * 1024 * 1024;
const MAX_WARNINGS = 10;

/** Longest answer that is noted. */
const MAX_NOTE_LENGTH = 4 * 1024 * 1024;

/** The part of the Prometheus HTTP API that counts need. Its errors are {@link PrometheusRequestError}. */
export class PrometheusClient {
  private readonly text: MessageText;
  private readonly gate: RequestGate;
  private readonly clock: Clock;
  private readonly maxAnswerBytes: number;
  private readonly notes: Map<string, string> | undefined;

  constructor(
    private readonly config: PrometheusConfig,
    options: {
      maxAnswerBytes?: number;
      clock?: Clock;
      gate?: RequestGate;
      notes?: Map<string, string>;
    } = {},
  ) {
    this.notes = options.notes;
    this.maxAnswerBytes = options.maxAnswerBytes ?? MAX_ANSWER_BYTES;
    this.clock = options.clock ?? SYSTEM_CLOCK;
    this.text = new MessageText([...config.headers.values()]);
    this.gate =
      options.gate ?? new RequestGate(config.id, config.budget, this.clock);
  }

  /**
   * The same server, whose whole answers are noted as long as they are not very long. What is noted is not asked again.
   *
   * @param notes - answers by question, as text.
   */
  noting(notes: Map<string, string>): PrometheusClient {
    const { config, maxAnswerBytes, clock, gate } = this;
    return new PrometheusClient(config, { maxAnswerBytes, clock, gate, notes });
  }

  get datasourceId(): string {
    return this.config.id;
  }

  async queryRange(query: RangeQuery): Promise<Answer<MatrixSeries[]>> {
    const answer = await this.request({
      path: '/api/v1/query_range',
      method: 'POST',
      parameters: new URLSearchParams({
        query: printExpression(query.expression),
        start: unixSeconds(query.start),
        end: unixSeconds(query.end),
        step: String(query.stepSeconds),
        timeout: `${this.config.timeoutMs}ms`,
      }),
      schema: matrixAnswer,
      subject: query.subject,
      signal: query.signal,
    });
    return {
      data: answer.data.result,
      warnings: this.readWarnings(answer.warnings),
    };
  }

  labelValues(query: LabelValuesQuery): Promise<Answer<string[]>> {
    const label = encodeURIComponent(query.label);
    return this.readLabels(`/api/v1/label/${label}/values`, query);
  }

  /** Labels that any of the selected series has. */
  labelNames(query: LabelNamesQuery): Promise<Answer<string[]>> {
    return this.readLabels('/api/v1/labels', query);
  }

  private async readLabels(
    path: string,
    query: LabelNamesQuery,
  ): Promise<Answer<string[]>> {
    const answer = await this.request({
      path,
      method: 'GET',
      parameters: new URLSearchParams({
        'match[]': printSelector(query.selector),
        start: unixSeconds(query.start),
        end: unixSeconds(query.end),
      }),
      schema: labelValuesAnswer,
      subject: query.subject,
      signal: query.signal,
    });
    return {
      data: answer.data ?? [],
      warnings: this.readWarnings(answer.warnings),
    };
  }

  private async request<T extends Warned>(request: Request<T>): Promise<T> {
    const noted = this.notes?.get(questionOf(request));
    const known = request.schema.safeParse(parseJson(noted ?? ''));
    return known.success
      ? known.data
      : this.gate.ask(() => this.attempt(request), request.signal);
  }

  private async attempt<T extends Warned>(request: Request<T>): Promise<T> {
    const timeout = AbortSignal.timeout(this.config.timeoutMs);
    const signal = request.signal
      ? AbortSignal.any([request.signal, timeout])
      : timeout;
    try {
      const response = await this.send(request, signal);
      const body = await this.readBody(request, response);
      const answer = this.parse(request, response, body);
      if (body.length <= MAX_NOTE_LENGTH && !answer.warnings?.length) {
        this.notes?.set(questionOf(request), body);
      }
      return answer;
    } catch (error) {
      if (error instanceof PrometheusRequestError) {
        throw error;
      }
      request.signal?.throwIfAborted();
      if (timeout.aborted) {
        throw this.failure(
          request,
          `no answer within ${this.config.timeoutMs / 1000} s`,
          "look at the server's load, or raise timeout",
          'timed-out',
        );
      }
      throw this.failure(
        request,
        `the connection failed (${this.text.describeCause(error)})`,
        'check that url is right and the server is up',
        'interrupted',
      );
    }
  }

  private send(
    { method, path, parameters }: Request<Warned>,
    signal: AbortSignal,
  ): Promise<Response> {
    const url = `${this.config.baseUrl}${path}`;
    const headers = new Headers([...this.config.headers]);
    headers.set('accept', 'application/json');
    const options = { method, headers, signal, redirect: 'manual' } as const;
    return method === 'GET'
      ? fetch(`${url}?${parameters}`, options)
      : fetch(url, { ...options, body: parameters });
  }

  private async readBody(
    request: Request<Warned>,
    response: Response,
  ): Promise<string> {
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw this.failure(
        request,
        `the server answered with a redirect (HTTP ${response.status}), and redirects are not followed`,
        'set url to where the API really is',
      );
    }
    try {
      return await readBoundedText(response, this.maxAnswerBytes);
    } catch (error) {
      if (error instanceof BodyTooLargeError) {
        throw this.failure(
          request,
          `the answer is larger than ${this.maxAnswerBytes} bytes`,
          'ask for a shorter range or fewer services',
          'too-much',
        );
      }
      throw error;
    }
  }

  private parse<T extends Warned>(
    request: Request<T>,
    response: Response,
    body: string,
  ): T {
    const content = parseJson(body);
    if (!response.ok) {
      throw this.refusal(request, response, content);
    }
    if (content === undefined) {
      const isWebPage = /^\s*</.test(body);
      throw this.failure(
        request,
        isWebPage
          ? 'the answer is a web page, not JSON'
          : 'the answer is not complete JSON',
        'check that url leads to the Prometheus API and that no login page or proxy stands before it',
        isWebPage ? 'failed' : 'interrupted',
      );
    }
    const refused = errorAnswer.safeParse(content);
    if (refused.success) {
      throw this.refusal(request, response, content);
    }
    const parsed = request.schema.safeParse(content);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const place = this.text.quote(issue.path.join('.') || 'top level');
      throw this.failure(
        request,
        `the answer has another shape than Prometheus gives, at ${place}`,
        'check that url leads to a server with the Prometheus HTTP API',
      );
    }
    return parsed.data;
  }

  private refusal(
    request: Request<Warned>,
    { status, headers }: Response,
    content: unknown,
  ): PrometheusRequestError {
    const said = errorAnswer.safeParse(content);
    const words = said.success ? `: ${this.text.quote(said.data.error)}` : '';
    const { remedy, failure } = refusalOf(status);
    return this.failure(
      request,
      `the server refused with HTTP ${status}${words}`,
      remedy,
      failure,
      readRetryAfter(headers.get('retry-after'), this.clock.nowMs()),
    );
  }

  private failure(
    { subject }: Request<Warned>,
    problem: string,
    remedy: string,
    failure: PrometheusFailure = 'failed',
    retryAfterMs?: number,
  ): PrometheusRequestError {
    return new PrometheusRequestError(
      `Datasource '${this.config.id}' could not be asked for ${subject}: ${problem}; ${remedy}`,
      failure,
      retryAfterMs,
    );
  }

  private readWarnings(warnings: string[] | null | undefined): string[] {
    return (warnings ?? [])
      .slice(0, MAX_WARNINGS)
      .map(
        warning =>
          `Datasource '${this.config.id}': ${this.text.quote(warning)}`,
      );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unixSeconds(instant: Date): string {
  return String(instant.getTime() / 1000);
}
