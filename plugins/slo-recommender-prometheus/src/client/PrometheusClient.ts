import type { PrometheusConfig } from '../config';
import { HOUR_SECONDS } from '../hours';
import { printExpression, printSelector } from '../promql/print';
import { RequestGate } from './RequestGate';
import {
  type Answer,
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
import { parseJson, PrometheusHttp } from './http';

const MAX_WARNINGS = 10;

/** Longest answer that is noted. */
const MAX_NOTE_LENGTH = 4 * 1024 * 1024;

/** The part of the Prometheus HTTP API that counts need. Its errors are `PrometheusRequestError`. */
export class PrometheusClient {
  readonly #config: PrometheusConfig;
  readonly #http: PrometheusHttp;
  readonly #gate: RequestGate;
  readonly #notes: Map<string, string> | undefined;

  constructor(
    config: PrometheusConfig,
    options: {
      http?: PrometheusHttp;
      gate?: RequestGate;
      notes?: Map<string, string>;
    } = {},
  ) {
    this.#config = config;
    this.#http = options.http ?? new PrometheusHttp(config);
    this.#gate = options.gate ?? new RequestGate(config.id, config.budget);
    this.#notes = options.notes;
  }

  /**
   * The same server, whose whole answers are noted as long as they are not very long. What is noted is not asked again.
   *
   * @param notes - answers by question, as text.
   */
  noting(notes: Map<string, string>): PrometheusClient {
    return new PrometheusClient(this.#config, {
      http: this.#http,
      gate: this.#gate,
      notes,
    });
  }

  get datasourceId(): string {
    return this.#config.id;
  }

  async queryRange(query: RangeQuery): Promise<Answer<MatrixSeries[]>> {
    const answer = await this.#request({
      path: '/api/v1/query_range',
      method: 'POST',
      parameters: new URLSearchParams({
        query: printExpression(query.expression),
        start: unixSeconds(query.start),
        end: unixSeconds(query.end),
        step: String(query.stepSeconds),
        timeout: `${this.#config.timeoutMs}ms`,
      }),
      schema: matrixAnswer,
      subject: query.subject,
      signal: query.signal,
    });
    return {
      data: answer.data.result,
      warnings: this.#readWarnings(answer.warnings),
    };
  }

  /** Asks for a range of one step, so that its answer has the shape of the others. */
  queryAt({
    at,
    ...query
  }: Omit<RangeQuery, 'start' | 'end' | 'stepSeconds'> & { at: Date }): Promise<
    Answer<MatrixSeries[]>
  > {
    return this.queryRange({
      ...query,
      start: at,
      end: at,
      stepSeconds: HOUR_SECONDS,
    });
  }

  labelValues(query: LabelValuesQuery): Promise<Answer<string[]>> {
    const label = encodeURIComponent(query.label);
    return this.#readLabels(`/api/v1/label/${label}/values`, query);
  }

  /** Labels that any of the selected series has. */
  labelNames(query: LabelNamesQuery): Promise<Answer<string[]>> {
    return this.#readLabels('/api/v1/labels', query);
  }

  async #readLabels(
    path: string,
    query: LabelNamesQuery,
  ): Promise<Answer<string[]>> {
    const answer = await this.#request({
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
      warnings: this.#readWarnings(answer.warnings),
    };
  }

  async #request<T extends Warned>(request: Request<T>): Promise<T> {
    const question = questionOf(request);
    const noted = this.#notes?.get(question);
    const known = request.schema.safeParse(parseJson(noted ?? ''));
    if (known.success) return known.data;
    const { answer, body } = await this.#gate.ask(
      signal => this.#http.send(request, signal),
      request.signal,
    );
    if (body.length <= MAX_NOTE_LENGTH && !answer.warnings?.length) {
      this.#notes?.set(question, body);
    }
    return answer;
  }

  #readWarnings(warnings: string[] | null | undefined): string[] {
    return (warnings ?? [])
      .slice(0, MAX_WARNINGS)
      .map(
        warning =>
          `Datasource '${this.#config.id}': ${this.#http.quote(warning)}`,
      );
  }
}

function unixSeconds(instant: Date): string {
  return String(instant.getTime() / 1000);
}
