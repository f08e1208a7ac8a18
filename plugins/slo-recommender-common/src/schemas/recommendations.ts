import { z } from 'zod';
import { get, SERVICE_PATH } from '../operation';
import { sloKeySchema, sloQueryShape } from './sloIdentity';
import { backtestSchema } from './backtest';
import { dataQualitySchema } from './dataQuality';
import { latencyProfileSchema } from './latency';
import {
  coverageLevelsSchema,
  datasourceStatusSchema,
  durationSchema,
  entityRefSchema,
  instantSchema,
  probabilityIntervalSchema,
  ratioSchema,
  reasonSchema,
  sliTypeSchema,
  verdictSchema,
} from './primitives';
import { exclusionEffectSchema, regimeSchema } from './regime';

/** Objective that can be promised, with its attainment: the probability that the next whole window meets it. */
export const tierSchema = z.object({
  objective: ratioSchema,
  attainment: ratioSchema,
  /** Where the attainment itself lies with 90 % certainty, as few past windows leave it open; null where uncalibrated. */
  attainmentInterval: probabilityIntervalSchema.nullable(),
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

/** Least attainment of each tier. */
export const TIER_ATTAINMENT = {
  conservative: 0.99,
  balanced: 0.9,
  aggressive: 0.75,
} satisfies Record<keyof Tiers, number>;

export const curvePointSchema = z.object({
  objective: ratioSchema,
  attainment: ratioSchema,
  attainmentInterval: probabilityIntervalSchema.nullable(),
  /** False where too few requests were seen to offer this objective at all. */
  supported: z.boolean(),
  /** True for the rungs of the ladder, which are what is recommended; false for objectives between them. */
  rung: z.boolean(),
});
export type CurvePoint = z.infer<typeof curvePointSchema>;

/**
 * How an answer is known. `conjecture`: borrowed from peers, or predicted without having been tested. `inference`:
 * predicted from the service's own history, tested on the fleet only. `validated`: tested on the service's own past
 * windows too.
 */
export const evidenceLevelSchema = z.enum([
  'conjecture',
  'inference',
  'validated',
]);
export type EvidenceLevel = z.infer<typeof evidenceLevelSchema>;

/** What the fleet's past windows say of predictions like this one. */
export const calibrationSummarySchema = z.object({
  /** `uncalibrated`: too few past windows; probabilities err on the wide side. */
  state: z.enum(['calibrated', 'uncalibrated']),
  /** In words, for example `1 M to 100 M requests a window, 56 days of history or more`. */
  stratum: z.string(),
  /** Past windows of the stratum, and services they are of. */
  windows: z.number().int().min(0),
  services: z.number().int().min(0),
  /** Of the past windows at each level, the share that kept what would have been predicted. */
  coverage: coverageLevelsSchema,
});
export type CalibrationSummary = z.infer<typeof calibrationSummarySchema>;

/** What was taken from similar services, as the service's own data are not enough. */
export const borrowedSchema = z.object({
  /** Weight of the service's own data, in [0, 1]; the rest is its peers'. */
  ownWeight: ratioSchema,
  peers: z.number().int().min(1),
  /** What the peers have in common, in words. */
  peerGroup: z.string(),
  /** When the service's own data will be enough if traffic stays as it is; null if unknown. */
  sufficientAt: instantSchema.nullable(),
});

/** Where an answer comes from, so that it can be made again. */
export const provenanceSchema = z.object({
  /** SHA-256 over everything the answer was computed from. */
  inputsHash: z.string(),
  engineVersion: z.string(),
  seed: z.number().int(),
  /** Queries or metrics that the counts were read with. */
  queries: z.array(z.string()),
});
export type Provenance = z.infer<typeof provenanceSchema>;

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
  ...sloKeySchema.shape,
  sliType: sliTypeSchema,
  verdict: verdictSchema,
  reasons: z.array(reasonSchema),
  achieved: ratioSchema.nullable(),
  requests: z.number().min(0).nullable(),
  /** Requests expected in the next window; null when abstaining. */
  expectedRequests: z.number().min(0).nullable(),
  /** Objective promised today by annotation, and the probability of keeping it. */
  promised: z
    .object({
      objective: ratioSchema,
      attainment: ratioSchema.nullable(),
      /** Threshold of a promised latency SLI in seconds: not always the recommended one. */
      thresholdSeconds: z.number().positive().optional(),
    })
    .nullable(),
  /** P(meet) at the rungs of the ladder and at objectives between them, lowest objective first. */
  curve: z.array(curvePointSchema),
  tiers: tiersSchema,
  /** Share of bad requests of the next window that is not exceeded with 50, 75, 90 and 99 %; null when abstaining. */
  predicted: z
    .object({
      median: ratioSchema,
      p75: ratioSchema,
      p90: ratioSchema,
      p99: ratioSchema,
    })
    .nullable(),
  level: evidenceLevelSchema.nullable(),
  /** How well predictions like this one turned out, discounted for short history and poor data; null when abstaining. */
  confidence: ratioSchema.nullable(),
  calibration: calibrationSummarySchema.nullable(),
  borrowed: borrowedSchema.nullable(),
  regime: regimeSchema.nullable(),
  exclusions: exclusionEffectSchema.nullable(),
  backtest: backtestSchema.nullable(),
  /** Sentences, made from the facts of this answer by template. */
  explanation: z.array(z.string()),
  provenance: provenanceSchema.nullable(),
  /** Threshold of a latency SLI in seconds. */
  thresholdSeconds: z.number().positive().optional(),
  /** What is known of the latencies; for a latency SLI only. */
  latency: latencyProfileSchema.nullable(),
  /** Days from the first one with requests on, oldest first. */
  history: z.array(historyPointSchema),
  dataQuality: dataQualitySchema,
});
export type Recommendation = z.infer<typeof recommendationSchema>;

export const recommendationsQuerySchema = z.strictObject(sloQueryShape);
export type RecommendationsQuery = z.infer<typeof recommendationsQuerySchema>;

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

export const recommendationOperations = {
  getRecommendations: get(
    'getSloRecommendations',
    `${SERVICE_PATH}/slo-recommendations`,
    {
      summary: 'What the service can promise, with the evidence.',
      query: recommendationsQuerySchema,
      response: recommendationsResponseSchema,
    },
  ),
};
