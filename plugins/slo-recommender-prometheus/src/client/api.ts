import { z } from 'zod';
import type { InstantExpression, VectorSelector } from '../promql/expressions';

export interface RangeQuery {
  expression: InstantExpression;
  /** First and last instant of evaluation, both included. */
  start: Date;
  end: Date;
  stepSeconds: number;
  /** Of how many services; undefined if that is not known. */
  services?: number;
  /** What is asked, as error messages say it: 'calls_total of 12 services'. */
  subject: string;
  signal?: AbortSignal;
}

export interface LabelNamesQuery {
  selector: VectorSelector;
  start: Date;
  end: Date;
  subject: string;
  signal?: AbortSignal;
}

export interface LabelValuesQuery extends LabelNamesQuery {
  label: string;
}

export interface Answer<T> {
  data: T;
  /** What the server says is missing from the answer; the first ten. Notices about names or values are none. */
  warnings: string[];
}

/** Part of every answer. */
export interface Warned {
  warnings?: string[] | null;
  isPartial?: boolean;
}

/** What is sent to the server, and what its answer must look like. */
export interface Request<T extends Warned> {
  path: string;
  parameters: URLSearchParams;
  method: 'GET' | 'POST';
  /** Time that the question spans. */
  rangeSeconds: number;
  format: AnswerFormat<T>;
  limits: AnswerLimits;
  subject: string;
  signal?: AbortSignal;
}

/** What an answer looks like. A long one is read in pieces, each of which is an answer with some of the entries. */
export interface AnswerFormat<T> {
  schema: z.ZodType<T>;
  countEntries(answer: T): number;
  /** Adds the entries of the next piece, and takes everything else from it. */
  join(before: T, next: T): T;
}

/** How much of an answer is read: what exceeds it was not asked for. */
export interface AnswerLimits {
  bytes: number;
  entries: number;
  /** Characters of one entry. */
  entryLength: number;
}

/** Identifies a request: two with the same path and parameters have the same answer. */
export function questionOf({ path, parameters }: Request<Warned>): string {
  return `${path}?${parameters}`;
}

/** What every answer may have. */
const warned = {
  warnings: z.array(z.string()).nullish(),
  isPartial: z.boolean().optional(),
};

/** A bucket of a native histogram: which bounds belong to it, the bounds, and its count. */
const bucket = z.tuple([z.number(), z.string(), z.string(), z.string()]);
const histogramSample = z.tuple([
  z.number(),
  z.object({ buckets: z.array(bucket).default([]) }),
]);

/** Unix time in seconds, and the value as Prometheus prints floats (`NaN`, `+Inf` and `-Inf` included). */
type Sample = [time: number, value: string];

/** Checked in place: an answer has up to a million samples, and a schema would copy every one. */
const samples = z.custom<Sample[]>(
  given => Array.isArray(given) && given.every(isSample),
);

function isSample(given: unknown): given is Sample {
  return (
    Array.isArray(given) &&
    given.length === 2 &&
    typeof given[0] === 'number' &&
    typeof given[1] === 'string'
  );
}

const matrixSeries = z.object({
  metric: z.record(z.string(), z.string()),
  values: samples.default([]),
  histograms: z.array(histogramSample).default([]),
});

const matrixSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(matrixSeries),
  }),
  ...warned,
});

/** Series of a range query. */
export const MATRIX: AnswerFormat<z.infer<typeof matrixSchema>> = {
  schema: matrixSchema,
  countEntries: ({ data }) => data.result.length,
  join({ data: { result } }, next) {
    for (const series of next.data.result) {
      // without samples it says nothing, and there may be millions
      if (series.values.length + series.histograms.length > 0) {
        result.push(series);
      }
    }
    return { ...next, data: { ...next.data, result } };
  },
};

const labelsSchema = z.object({
  status: z.literal('success'),
  data: z.array(z.string()).nullish(),
  ...warned,
});

/** Names or values of labels, which come in one piece. */
export const LABELS: AnswerFormat<z.infer<typeof labelsSchema>> = {
  schema: labelsSchema,
  countEntries: ({ data }) => data?.length ?? 0,
  join: (_, next) => next,
};

export const errorAnswer = z.object({
  status: z.literal('error'),
  error: z.string(),
});

/** One series of a range query. */
export type MatrixSeries = z.infer<typeof matrixSeries>;

/** Prometheus writes numbers as text; an empty text is none, and not the 0 that `Number` makes of it. */
export function sampleValue(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}
