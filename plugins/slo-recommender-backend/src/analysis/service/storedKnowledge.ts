import { LEVELS } from 'backstage-plugin-slo-recommender-engine';
import { z } from 'zod';

const share = z.number().min(0).max(1);
const shares = z.array(share).length(LEVELS.length);

const stratumSchema = z.object({
  within: shares,
  evidence: z.number().min(0),
  support: z.number().min(0),
  windows: z.number().int().min(0),
  services: z.number().int().min(0),
  nearMedian: share,
});

const calibrationSchema = z.object({
  asOfMs: z.number(),
  fleet: stratumSchema,
  strata: z.array(z.tuple([z.string(), stratumSchema])),
});

const recordSchema = z.object({
  tested: z.boolean(),
  held: z.boolean(),
  coverage: z.array(
    z.object({
      label: z.string(),
      windows: z.number().int().min(0),
      services: z.number().int().min(0),
      levels: z.array(
        z.object({
          nominal: share,
          observed: share,
          interval: z.object({ from: share, to: share }),
        }),
      ),
    }),
  ),
});

const trait = z.string().nullable();

/** What an analysis of the fleet leaves for those of single services. */
export const storedKnowledgeSchema = z.object({
  evidence: z.object({
    calibration: calibrationSchema,
    past: z.array(calibrationSchema),
  }),
  record: recordSchema,
  members: z.array(
    z.object({
      traits: z.object({
        criticality: trait,
        type: trait,
        trafficDecade: trait,
        dependencyClass: trait,
      }),
      distribution: shares,
    }),
  ),
});
