import type { z } from 'zod';
import type { InstantExpression, VectorSelector } from '../promql';

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

/** Tells requests apart. */
export function questionOf({ path, parameters }: Request<Warned>): string {
  return `${path}?${parameters}`;
}
