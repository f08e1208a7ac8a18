import { z } from 'zod';
import { get, post } from '../operation';
import { analysisCreatePermission } from '../permissions';
import {
  datasourceStatusSchema,
  entityRefInputSchema,
  instantInputSchema,
  instantSchema,
  ratioSchema,
} from './primitives';

/** How far the fetching of hours that are not stored yet is, over all datasources. */
export const backfillProgressSchema = z.object({
  services: z.number().int().min(0),
  servicesDone: z.number().int().min(0),
  /** Hours of one service, summed over the services. */
  serviceHours: z.number().int().min(0),
  serviceHoursDone: z.number().int().min(0),
  /** Estimated from the pace so far; null while there is none. */
  secondsLeft: z.number().min(0).nullable(),
});
export type BackfillProgress = z.infer<typeof backfillProgressSchema>;

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
  /** Those that the caller may read. */
  services: z.number().int().min(0),
  requestedAt: instantSchema,
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  /** Null if nothing is being fetched, or services are hidden from the caller. */
  backfill: backfillProgressSchema.nullable(),
  error: z.string().optional(),
});
export type AnalysisResponse = z.infer<typeof analysisResponseSchema>;

/** `GET /v1/status`: what the whole installation runs on. */
export const statusResponseSchema = z.object({
  /** Those that the caller may read. */
  services: z.number().int().min(0),
  datasources: z.array(datasourceStatusSchema),
  /** The analysis that readers see; null before the first one. */
  currentAnalysis: z
    .object({ id: z.string(), asOf: instantSchema, finishedAt: instantSchema })
    .nullable(),
  /** The analysis at work or waiting, if there is one and the caller may read it. */
  activeAnalysis: z
    .object({
      id: z.string(),
      asOf: instantSchema,
      status: z.enum(['queued', 'running']),
      progress: ratioSchema,
      phase: z.string(),
      backfill: backfillProgressSchema.nullable(),
    })
    .nullable(),
  objectiveWindow: z.string(),
  lookback: z.string(),
  optIn: z.enum(['annotated', 'all']),
  /** What of the configuration cannot be used, with the remedy. */
  configurationIssues: z.array(z.string()),
});
export type StatusResponse = z.infer<typeof statusResponseSchema>;

export const analysisOperations = {
  analyze: post('analyze', '/v1/analyze', {
    summary: 'Orders an analysis as of an instant.',
    body: analyzeRequestSchema,
    status: 202,
    response: z.object({ id: z.string() }),
    permission: analysisCreatePermission,
    audit: {
      eventId: 'analysis-create',
      severityLevel: 'low',
      actionType: 'create',
    },
    callsPerMinute: 30,
  }),
  getAnalysis: get('getAnalysis', '/v1/analyze/:id', {
    summary: 'How far an analysis is.',
    response: analysisResponseSchema,
  }),
  getStatus: get('getStatus', '/v1/status', {
    summary: 'Datasources, the analysis that readers see, and the one at work.',
    response: statusResponseSchema,
  }),
};
