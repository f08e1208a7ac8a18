import { z } from 'zod';
import {
  entityRefInputSchema,
  instantInputSchema,
  instantSchema,
  ratioSchema,
} from './primitives';
import { backfillProgressSchema } from './services';

/** Body of `POST /v1/analyze`. */
export const analyzeRequestSchema = z.strictObject({
  asOf: instantInputSchema
    .optional()
    .describe('Nothing later is seen. Default: now.'),
  entityRefs: z
    .array(entityRefInputSchema)
    .min(1)
    .max(10_000)
    .optional()
    .describe('Default: every service.'),
});
export type AnalyzeRequest = z.infer<typeof analyzeRequestSchema>;

export const analyzeResponseSchema = z.object({ id: z.string() });
export type AnalyzeResponse = z.infer<typeof analyzeResponseSchema>;

export const analysisStatusSchema = z.enum([
  'queued',
  'running',
  'completed',
  'failed',
]);

/** `GET /v1/analyze/:id` */
export const analysisResponseSchema = z.object({
  id: z.string(),
  asOf: instantSchema,
  status: analysisStatusSchema,
  /** Share of the work done. */
  progress: ratioSchema,
  /** What is being done, in words. */
  phase: z.string(),
  services: z.number().int().min(0),
  requestedAt: instantSchema,
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  /** Null where nothing is being fetched. */
  backfill: backfillProgressSchema.nullable(),
  error: z.string().optional(),
});
export type AnalysisResponse = z.infer<typeof analysisResponseSchema>;
