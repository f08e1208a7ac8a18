import { z } from 'zod';
import { instantSchema, ratioSchema } from './primitives';

/** A past window, and what would have been recommended for it from what was known before it began. */
export const backtestWindowSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  requests: z.number().min(0),
  achieved: ratioSchema,
  /** Balanced objective that would have been recommended; null where none. */
  recommended: ratioSchema.nullable(),
  /** Its attainment as predicted then, before calibration. */
  attainment: ratioSchema.nullable(),
  /** Whether the window kept what would have been recommended; null where nothing would have been. */
  kept: z.boolean().nullable(),
  /** Whether it kept the objective recommended now; null where none is. */
  keptRecommendedNow: z.boolean().nullable(),
});
export type BacktestWindow = z.infer<typeof backtestWindowSchema>;

/** The prediction tried on the service's own past. Windows begin a quarter of a window apart, so they overlap. */
export const backtestSchema = z.object({
  /** Oldest first. */
  windows: z.array(backtestWindowSchema),
  /** Windows in which something would have been recommended, and those of them that kept it. */
  judged: z.number().int().min(0),
  kept: z.number().int().min(0),
  /** Mean squared difference between probability and outcome over the ladder, in [0, 1]; less is better. */
  brierScore: ratioSchema.nullable(),
  /** Mean pinball loss of the predicted 90 % quantile, in shares of bad requests; less is better. */
  pinballLoss: z.number().min(0).nullable(),
});
export type Backtest = z.infer<typeof backtestSchema>;
