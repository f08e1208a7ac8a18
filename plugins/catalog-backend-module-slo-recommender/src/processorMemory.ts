import { z } from 'zod';

const memorySchema = z.object({
  /** Messages on what is wrong with the annotations. */
  issues: z.array(z.string()),
  /** Observed callees as of the last answer. */
  callees: z
    .object({ entityRefs: z.array(z.string()), asOf: z.number() })
    .optional(),
});

/** What the processor knew of an entity when it processed it last. */
export type ProcessorMemory = z.infer<typeof memorySchema>;

/** Reads it from the catalog's cache; nothing is known of an entity that is new. */
export function readMemory(cached: unknown): ProcessorMemory {
  const memory = memorySchema.safeParse(cached);
  return memory.success ? memory.data : { issues: [] };
}
