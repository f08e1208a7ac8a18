import { z } from 'zod';
import { get } from '../operation';
import {
  coverageLevelsSchema,
  instantSchema,
  probabilityIntervalSchema,
  ratioSchema,
  sliTypeSchema,
} from './primitives';

/** Past predictions with probabilities between two values, and how many came true. */
export const reliabilityBinSchema = z.object({
  from: ratioSchema,
  to: ratioSchema,
  predicted: ratioSchema,
  observed: ratioSchema,
  /** Where the observed share would lie with 90 % certainty. */
  interval: probabilityIntervalSchema,
  predictions: z.number().int().min(1),
});
export type ReliabilityBin = z.infer<typeof reliabilityBinSchema>;

export const coverageSchema = z.object({
  /** `All services`, or what the services of the stratum have in common. */
  label: z.string(),
  windows: z.number().int().min(0),
  services: z.number().int().min(0),
  levels: coverageLevelsSchema,
});
export type Coverage = z.infer<typeof coverageSchema>;

export const monthlyPromiseSchema = z.object({
  /** For example `2026-10`. */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  windows: z.number().int().min(0),
  /** Medians over the windows that ended in the month. */
  recommended: ratioSchema,
  achieved: ratioSchema,
  /** Share of those windows that kept what would have been recommended. */
  keptShare: ratioSchema,
});
export type MonthlyPromise = z.infer<typeof monthlyPromiseSchema>;

/** `GET /v1/fleet/calibration`: past windows predicted from what was known before each, against what happened. */
export const fleetCalibrationResponseSchema = z.object({
  sliType: sliTypeSchema,
  /** Null before the first analysis of the fleet. */
  asOf: instantSchema.nullable(),
  state: z.enum(['calibrated', 'uncalibrated']),
  /** In words. */
  message: z.string(),
  windows: z.number().int().min(0),
  services: z.number().int().min(0),
  /** Least probable first. */
  reliability: z.array(reliabilityBinSchema),
  /** Share of windows in each tenth of the predicted distribution: ten equal ones where it is right. */
  pitHistogram: z.array(ratioSchema),
  brierScore: ratioSchema.nullable(),
  pinballLoss: z.number().min(0).nullable(),
  /** Share of balanced recommendations that allow more than ten times the failures that came. */
  vacuousShare: ratioSchema.nullable(),
  /** Share of balanced recommendations that were broken. */
  brokenShare: ratioSchema.nullable(),
  /** The whole fleet first, then its strata. */
  coverage: z.array(coverageSchema),
  /** Oldest first. */
  monthly: z.array(monthlyPromiseSchema),
});
export type FleetCalibrationResponse = z.infer<
  typeof fleetCalibrationResponseSchema
>;

export const fleetCalibrationOperations = {
  getFleetCalibration: get('getFleetCalibration', '/v1/fleet/calibration', {
    summary:
      'Past windows predicted from what was known before each, against what happened.',
    query: z.strictObject({
      sliType: sliTypeSchema.default('availability'),
    }),
    response: fleetCalibrationResponseSchema,
  }),
};
