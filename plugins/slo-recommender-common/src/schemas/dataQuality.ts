import { z } from 'zod';
import { ratioSchema } from './primitives';

/** Something about the telemetry that a developer should know, and how to fix it. */
export const dataQualityFindingSchema = z.object({
  code: z.string(),
  /** `error`: the numbers cannot be believed. `warning`: they are biased or incomplete. `info`: good to know. */
  severity: z.enum(['error', 'warning', 'info']),
  /** What was found, in words. */
  message: z.string(),
  /** What to do about it; null where there is nothing to do. */
  fix: z.string().nullable(),
  /** Configuration to paste, for a collector or an instrumentation. */
  snippet: z
    .object({ title: z.string(), language: z.string(), text: z.string() })
    .nullable(),
  /** What the fix would gain. */
  gain: z.string().nullable(),
});
export type DataQualityFinding = z.infer<typeof dataQualityFindingSchema>;

export const dataQualitySchema = z.object({
  /** Share of the hours since the first one known in the lookback for which counts are known. */
  completeness: ratioSchema,
  /** Days from the first known hour to the as-of instant. */
  historyDays: z.number().min(0),
  /** Id of the datasource. */
  source: z.string().nullable(),
  /** Metric family that the counts come from, for example `otel-collector-span-metrics`. */
  evidence: z.string().nullable(),
  /** What counts as a failed request, in words. */
  failureDefinition: z.string().nullable(),
  findings: z.array(dataQualityFindingSchema),
  simulated: z.boolean(),
});
export type DataQuality = z.infer<typeof dataQualitySchema>;
