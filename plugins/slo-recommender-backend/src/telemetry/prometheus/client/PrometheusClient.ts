import type { z } from 'zod';
import type { PrometheusConfig } from '../config';
import {
  printExpression,
  printSelector,
  type InstantExpression,
  type VectorSelector,
} from '../promql';
import {
  errorAnswer,
  labelValuesAnswer,
  matrixAnswer,
  type MatrixSeries,
} from './answers';
import { BodyTooLargeError, readBoundedText } from './boundedText';
import { MessageText } from './MessageText';
import {
  PrometheusRequestError,
  type PrometheusFailure,
} from './PrometheusRequestError';
import { refusalOf } from './refusals';

const MAX_ANSWER_BYTES = 256 * 1024 * 1024;
const MAX_WARNINGS = 10;

export interface RangeQuery {
  expression: InstantExpression;
  /** First and last instant of evaluation, both included. */
  start: Date;
  end: Date;
  stepSeconds: number;
  /** What is asked, as error messages say it: 'calls_total of 12 services'. */
  subject: string;
  signal?: AbortSignal;
}

export interface LabelValuesQuery {
  label: string;
  selector: VectorSelector;
  start: Date;
  end: Date;
  subject: string;
  signal?: AbortSignal;
}

export interface Answer<T> {
  data: T;
  /** What the server says is missing from the answer; the first ten. */
  warnings: string[];
}

interface Request<T> {
  path: string;
  parameters: URLSearchParams;
  method: 'GET' | 'POST';
  schema: z.ZodType<T>;
  subject: string;
  signal?: AbortSignal;
}

/** The part of the Prometheus HTTP API that counts need. Its errors are {@link PrometheusRequestError}. */
export class PrometheusClient {
  private readonly text: MessageText;

  constructor(
    private readonly config: PrometheusConfig,
    private readonly maxAnswerBytes = MAX_ANSWER_BYTES,
  ) {
    this.text = new MessageText([...config.headers.values()]);
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

  async labelValues(query: LabelValuesQuery): Promise<Answer<string[]>> {
    const answer = await this.request({
      path: `/api/v1/label/${encodeURIComponent(query.label)}/values`,
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

  private async request<T>(request: Request<T>): Promise<T> {
    const timeout = AbortSignal.timeout(this.config.timeoutMs);
    const signal = request.signal
      ? AbortSignal.any([request.signal, timeout])
      : timeout;
    try {
      const response = await this.send(request, signal);
      const body = await this.readBody(request, response);
      return this.parse(request, response.status, body);
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
          'busy',
        );
      }
      throw this.failure(
        request,
        `the connection failed (${this.text.describeCause(error)})`,
        'check that url is right and the server is up',
      );
    }
  }

  private send(
    { method, path, parameters }: Request<unknown>,
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
    request: Request<unknown>,
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

  private parse<T>(request: Request<T>, status: number, body: string): T {
    const content = parseJson(body);
    if (status < 200 || status > 299) {
      throw this.refusal(request, status, content);
    }
    if (content === undefined) {
      throw this.failure(
        request,
        /^\s*</.test(body)
          ? 'the answer is a web page, not JSON'
          : 'the answer is not complete JSON',
        'check that url leads to the Prometheus API and that no login page or proxy stands before it',
      );
    }
    const refused = errorAnswer.safeParse(content);
    if (refused.success) {
      throw this.refusal(request, status, content);
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
    request: Request<unknown>,
    status: number,
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
    );
  }

  private failure(
    { subject }: Request<unknown>,
    problem: string,
    remedy: string,
    failure: PrometheusFailure = 'failed',
  ): PrometheusRequestError {
    return new PrometheusRequestError(
      `Datasource '${this.config.id}' could not be asked for ${subject}: ${problem}; ${remedy}`,
      failure,
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
