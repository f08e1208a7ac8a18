import {
  nameKind,
  type TelemetryMeter,
} from 'backstage-plugin-slo-recommender-node';
import type { PrometheusConfig } from '../config';
import { HOUR_SECONDS } from '../hours';
import { LOOKBACK_SECONDS } from '../promql/hourlyIncrease';
import { printExpression, printSelector } from '../promql/print';
import { RequestGate } from './RequestGate';
import {
  type Answer,
  type LabelNamesQuery,
  type AnswerLimits,
  LABELS,
  type LabelValuesQuery,
  MATRIX,
  type MatrixSeries,
  questionOf,
  type RangeQuery,
  type Request,
  type Warned,
} from './api';
import { PrometheusRequestError } from './failures';
import { parseJson, PrometheusHttp } from './http';

const MAX_WARNINGS = 10;

/** Most names, values or series of an answer that is noted. */
const MAX_NOTED_ENTRIES = 40_000;

/**
 * What Prometheus and its kin say of names of metrics or of values, beside an answer that is whole; and how they cut a
 * list of such notices. Other warnings are of stores that did not answer.
 */
const NOTICE =
  /^\s*(?:PromQL (?:info|warning):|\d+ more (?:(?:info|warning) )?annotations omitted)/i;

/** How VictoriaMetrics says that storage nodes did not answer. */
const PARTIAL = 'the server marks the answer as partial (isPartial)';

/** Shortest range that names and values of labels are asked for. */
const SHORTEST_LABEL_RANGE_MS = HOUR_SECONDS * 1_000;

/** Series of a question about all services: three quantiles of both sides of the calls of 25,000 services. */
const MAX_SERIES = 500_000;
/** Series of one service: outcomes, or buckets of a histogram. */
const MAX_SERIES_OF_SERVICE = 1_000;
const FEWEST_SERIES = 10_000;

/** Bytes of the labels of a series, on average; of one alone; and of a sample, twice what it has at most. */
const USUAL_LABEL_BYTES = 512;
const MAX_LABEL_BYTES = 128 * 1024;
const SAMPLE_BYTES = 64;

/** More than fits into memory beside others. */
const MAX_ANSWER_BYTES = 128 * 1024 * 1024;

/** Parsed at once: some 50,000 names, which take less than 0.1 s. */
const LABEL_LIMITS: AnswerLimits = {
  bytes: 2 * 1024 * 1024,
  entries: Infinity,
  entryLength: Infinity,
};

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
      meter?: TelemetryMeter;
    } = {},
  ) {
    this.#config = config;
    this.#http = options.http ?? new PrometheusHttp(config);
    this.#gate =
      options.gate ??
      new RequestGate(config.id, config.budget, undefined, options.meter);
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
        max_lookback: `${LOOKBACK_SECONDS}s`,
      }),
      rangeSeconds: (query.end.getTime() - query.start.getTime()) / 1000,
      format: MATRIX,
      limits: limitsOf(query),
      subject: query.subject,
      signal: query.signal,
    });
    return {
      data: answer.data.result,
      warnings: this.#readWarnings(answer),
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

  /** A range that the server finds too long is asked in halves. */
  async #readLabels(
    path: string,
    query: LabelNamesQuery,
  ): Promise<Answer<string[]>> {
    const fromMs = query.start.getTime();
    const toMs = query.end.getTime();
    try {
      const answer = await this.#request({
        path,
        method: 'GET',
        parameters: new URLSearchParams({
          'match[]': printSelector(query.selector),
          start: unixSeconds(query.start),
          end: unixSeconds(query.end),
        }),
        rangeSeconds: (toMs - fromMs) / 1000,
        format: LABELS,
        limits: LABEL_LIMITS,
        subject: query.subject,
        signal: query.signal,
      });
      return {
        data: answer.data ?? [],
        warnings: this.#readWarnings(answer),
      };
    } catch (error) {
      if (
        !(error instanceof PrometheusRequestError) ||
        error.failure !== 'range-too-long' ||
        toMs - fromMs <= SHORTEST_LABEL_RANGE_MS
      ) {
        throw error;
      }
      const middle = new Date((fromMs + toMs) / 2);
      const first = await this.#readLabels(path, { ...query, end: middle });
      const last = await this.#readLabels(path, { ...query, start: middle });
      return {
        data: [...new Set([...first.data, ...last.data])],
        warnings: [...first.warnings, ...last.warnings],
      };
    }
  }

  async #request<T extends Warned>(request: Request<T>): Promise<T> {
    const question = questionOf(request);
    const noted = this.#notes?.get(question);
    const known = request.format.schema.safeParse(parseJson(noted ?? ''));
    if (known.success) return known.data;
    const answer = await this.#gate.ask(
      signal => this.#http.send(request, signal),
      request.signal,
    );
    if (
      request.format.countEntries(answer) <= MAX_NOTED_ENTRIES &&
      this.#readWarnings(answer).length === 0
    ) {
      this.#notes?.set(question, JSON.stringify(answer, withholdNames));
    }
    return answer;
  }

  /** What is missing from the answer. */
  #readWarnings({ warnings, isPartial }: Warned): string[] {
    return [
      ...(isPartial ? [PARTIAL] : []),
      ...(warnings ?? []).filter(warning => !NOTICE.test(warning)),
    ]
      .slice(0, MAX_WARNINGS)
      .map(
        warning =>
          `Datasource '${this.#config.id}': ${this.#http.quote(warning)}`,
      );
  }
}

/** Notes are stored: names of people and of addresses, which identify no service, stay out of them. */
function withholdNames(_key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const kind = nameKind(value);
  return kind === 'personal' || kind === 'address' ? `(${kind})` : value;
}

function limitsOf({ start, end, stepSeconds, services }: RangeQuery) {
  const instants =
    Math.floor((end.getTime() - start.getTime()) / 1000 / stepSeconds) + 1;
  const entries =
    services === undefined
      ? MAX_SERIES
      : FEWEST_SERIES + services * MAX_SERIES_OF_SERVICE;
  return {
    entries,
    entryLength: MAX_LABEL_BYTES + instants * SAMPLE_BYTES,
    bytes: Math.min(
      MAX_ANSWER_BYTES,
      entries * (USUAL_LABEL_BYTES + instants * SAMPLE_BYTES),
    ),
  };
}

function unixSeconds(instant: Date): string {
  return String(instant.getTime() / 1000);
}
