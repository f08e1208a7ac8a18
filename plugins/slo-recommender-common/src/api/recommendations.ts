import { z } from 'zod';
import {
  datasourceStatusSchema,
  durationSchema,
  entityRefSchema,
  instantSchema,
  ratioSchema,
  reasonSchema,
  verdictSchema,
} from './primitives';

export const sliTypeSchema = z.enum(['availability', 'latency']);
export type SliType = z.infer<typeof sliTypeSchema>;

/** Objective that can be promised, with its attainment: the probability that the next whole window meets it. */
export const tierSchema = z.object({
  objective: ratioSchema,
  attainment: ratioSchema,
  /** Error budget as minutes of full outage over the window. */
  budgetMinutes: z.number().min(0),
  /** Error budget in requests at the expected traffic of the next window. */
  budgetRequests: z.number().min(0),
});
export type Tier = z.infer<typeof tierSchema>;

export const tiersSchema = z.object({
  /** Highest rung of the ladder kept with at least 99 %. */
  conservative: tierSchema.nullable(),
  /** Highest rung kept with at least 90 %; the default. */
  balanced: tierSchema.nullable(),
  /** Highest rung kept with at least 75 %. */
  aggressive: tierSchema.nullable(),
});
export type Tiers = z.infer<typeof tiersSchema>;

export const curvePointSchema = z.object({
  objective: ratioSchema,
  attainment: ratioSchema,
  /** False where too few requests were seen to offer this rung at all. */
  supported: z.boolean(),
});
export type CurvePoint = z.infer<typeof curvePointSchema>;

/** Something about the telemetry that a developer should know, and how to mend it. */
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
  /** What mending it would gain. */
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

/** A day of history in UTC, and the rolling objective window that ends with it. */
export const historyPointSchema = z.object({
  day: z.iso.date(),
  /** Requests of the day; null where unknown. */
  requests: z.number().min(0).nullable(),
  badRequests: z.number().min(0).nullable(),
  /** Ratio over the objective window ending with this day; null until a whole window is known. */
  rollingRatio: ratioSchema.nullable(),
});
export type HistoryPoint = z.infer<typeof historyPointSchema>;

export const recommendationSchema = z.object({
  sliType: sliTypeSchema,
  verdict: verdictSchema,
  reasons: z.array(reasonSchema),
  achieved: ratioSchema.nullable(),
  requests: z.number().min(0).nullable(),
  /** Objective promised today by annotation, and the probability of keeping it. */
  promised: z
    .object({ objective: ratioSchema, attainment: ratioSchema.nullable() })
    .nullable(),
  curve: z.array(curvePointSchema),
  tiers: tiersSchema,
  /** Threshold of a latency SLI in seconds. */
  thresholdSeconds: z.number().positive().optional(),
  /** Days from the first one with requests on, oldest first. */
  history: z.array(historyPointSchema),
  dataQuality: dataQualitySchema,
});
export type Recommendation = z.infer<typeof recommendationSchema>;

export const recommendationsQuerySchema = z.strictObject({
  sliType: sliTypeSchema.optional(),
});

/** `GET /v1/services/:ref/slo-recommendations` */
export const recommendationsResponseSchema = z.object({
  entityRef: entityRefSchema,
  /** Null before the first analysis. */
  asOf: instantSchema.nullable(),
  analysisId: z.string().nullable(),
  window: durationSchema,
  recommendations: z.array(recommendationSchema),
  datasource: datasourceStatusSchema.nullable(),
});
export type RecommendationsResponse = z.infer<
  typeof recommendationsResponseSchema
>;
