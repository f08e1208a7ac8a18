import { z } from 'zod';
import { ratioSchema } from './primitives';

/** A latency that is known to lie between two values, in seconds: more a histogram cannot say. */
export const latencyIntervalSchema = z.object({
  fromSeconds: z.number().min(0),
  /** Null where it lies above the last bucket. */
  toSeconds: z.number().min(0).nullable(),
});
export type LatencyInterval = z.infer<typeof latencyIntervalSchema>;

/** One objective "at least this share of requests faster than the threshold". */
export const frontierPointSchema = z.object({
  thresholdSeconds: z.number().positive(),
  /** Share of the last window's requests that were faster. */
  achieved: ratioSchema.nullable(),
  /** Highest rung kept with at least 90 %, and its attainment; null where there is none. */
  objective: ratioSchema.nullable(),
  attainment: ratioSchema.nullable(),
  recommended: z.boolean(),
});
export type FrontierPoint = z.infer<typeof frontierPointSchema>;

/** A boundary that the histogram lacks. */
export const bucketAdviceSchema = z.object({
  /** Boundaries to add, in seconds. */
  addSeconds: z.array(z.number().positive()).min(1),
  message: z.string(),
});
export type BucketAdvice = z.infer<typeof bucketAdviceSchema>;

/** What is known of the latencies of a service over the last window. */
export const latencyProfileSchema = z.object({
  /** Share of the requests between boundaries, fastest first; the shares add up to 1. */
  histogram: z.array(latencyIntervalSchema.extend({ share: ratioSchema })),
  quantiles: z.array(
    z.object({ quantile: ratioSchema, interval: latencyIntervalSchema }),
  ),
  /** Fastest threshold first. */
  frontier: z.array(frontierPointSchema),
  /** Why the recommended threshold was chosen, in words. */
  reason: z.string().nullable(),
  bucketAdvice: bucketAdviceSchema.nullable(),
  /** Two kinds of requests, such as cold starts beside warm ones; null where there is one. */
  bimodal: z
    .object({
      /** Boundary between the two, and the share of requests above it. */
      boundarySeconds: z.number().positive(),
      slowShare: ratioSchema,
      message: z.string(),
    })
    .nullable(),
});
export type LatencyProfile = z.infer<typeof latencyProfileSchema>;
