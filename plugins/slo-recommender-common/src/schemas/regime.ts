import { z } from 'zod';
import { instantSchema, ratioSchema } from './primitives';

/** A day from which on the SLI was lastingly better or worse than before. */
export const changePointSchema = z.object({
  at: instantSchema,
  direction: z.enum(['better', 'worse']),
  /** Share of good requests in the time before, since the change before it, and in the time after. */
  before: ratioSchema,
  after: ratioSchema,
  /** Title of an event, such as a deploy, that happened within a day of it; null if none is known. */
  event: z.string().nullable(),
});
export type ChangePoint = z.infer<typeof changePointSchema>;

/** What changed, and the time the recommendation rests on. */
export const regimeSchema = z.object({
  /** Start of the present regime. */
  since: instantSchema,
  /** Oldest first. */
  changePoints: z.array(changePointSchema),
  /** Whether the tiers rest on the present regime alone; false where it is too short for that. */
  applied: z.boolean(),
  /** Balanced objective by the present regime alone, and by the whole history; null where there is none. */
  presentObjective: ratioSchema.nullable(),
  wholeHistoryObjective: ratioSchema.nullable(),
});
export type Regime = z.infer<typeof regimeSchema>;

/** What leaving out excluded hours does: always both numbers. */
export const exclusionEffectSchema = z.object({
  /** Share of the last window's hours that is left out, and the most that may be. */
  excludedShare: ratioSchema,
  cap: ratioSchema,
  /** Hours asked to be excluded that count all the same, as the cap was reached. */
  hoursOverCap: z.number().int().min(0),
  achievedWithExclusions: ratioSchema.nullable(),
  achievedWithoutExclusions: ratioSchema.nullable(),
  objectiveWithExclusions: ratioSchema.nullable(),
  objectiveWithoutExclusions: ratioSchema.nullable(),
});
export type ExclusionEffect = z.infer<typeof exclusionEffectSchema>;
