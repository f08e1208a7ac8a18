import { z } from 'zod';
import type { InstantExpression, VectorSelector } from '../promql/expressions';

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
  /** What the server says is missing from the answer; the first ten. */
  warnings: string[];
}

/** Part of every answer. */
export interface Warned {
  warnings?: string[] | null;
}

/** What is sent to the server, and what its answer must look like. */
export interface Request<T extends Warned> {
  path: string;
  parameters: URLSearchParams;
  method: 'GET' | 'POST';
  schema: z.ZodType<T>;
  subject: string;
  signal?: AbortSignal;
}

/** Identifies a request: two with the same path and parameters have the same answer. */
export function questionOf({ path, parameters }: Request<Warned>): string {
  return `${path}?${parameters}`;
}

const warnings = z.array(z.string()).nullish();

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

export const matrixAnswer = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: samples.default([]),
        histograms: z.array(histogramSample).default([]),
      }),
    ),
  }),
  warnings,
});

export const labelValuesAnswer = z.object({
  status: z.literal('success'),
  data: z.array(z.string()).nullish(),
  warnings,
});

export const errorAnswer = z.object({
  status: z.literal('error'),
  error: z.string(),
});

/** One series of a range query. */
export type MatrixSeries = z.infer<
  typeof matrixAnswer
>['data']['result'][number];

/** Prometheus writes numbers as text; an empty text is none, and not the 0 that `Number` makes of it. */
export function sampleValue(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}
