import { z } from 'zod';

const warnings = z.array(z.string()).nullish();

/** A sample: Unix time in seconds, and the value as Prometheus prints floats (`NaN`, `+Inf` and `-Inf` included). */
const sample = z.tuple([z.number(), z.string()]);

export const matrixAnswer = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(sample).default([]),
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
