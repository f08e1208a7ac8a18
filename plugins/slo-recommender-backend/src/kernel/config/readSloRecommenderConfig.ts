import type { Config } from '@backstage/config';
import type { z } from 'zod';
import { sloRecommenderSchema } from './schema';

/** `sloRecommender` in app-config, read and checked. */
export type SloRecommenderConfig = z.output<typeof sloRecommenderSchema> & {
  /** What cannot be used, with the remedy; its default stands in. */
  issues: string[];
};

/** Leaves out what a path leads to. An entry of a list leaves a hole, so that the others keep their positions. */
function without(value: unknown, [key, ...rest]: PropertyKey[]): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) {
    return undefined;
  }
  if (Array.isArray(value)) {
    return value.map((entry, index) => (index === key ? undefined : entry));
  }
  const { [key]: inner, ...others }: Record<PropertyKey, unknown> = {
    ...value,
  };
  return rest.length > 0 ? { ...others, [key]: without(inner, rest) } : others;
}

/**
 * Reads the plugin's configuration. Never throws: what cannot be used is listed in `issues` with the key and the
 * remedy, and its default stands in, so that a slip here does not take the portal down.
 */
export function readSloRecommenderConfig(root: Config): SloRecommenderConfig {
  const issues = new Set<string>();
  let section: unknown = root.getOptional('sloRecommender');
  for (;;) {
    const { data, error } = sloRecommenderSchema.safeParse(section);
    if (data) return { ...data, issues: [...issues] };
    for (const issue of error.issues) {
      issues.add(issue.message);
      const wrong =
        issue.code === 'unrecognized_keys'
          ? issue.keys.map(key => [...issue.path, key])
          : [issue.path];
      for (const path of wrong) section = without(section, path);
    }
  }
}

/** Returns the instant before which neither counts nor events are used any more. */
export const oldestKept = (
  config: Pick<SloRecommenderConfig, 'lookbackMs' | 'historyRetentionMs'>,
  now: Date,
) => new Date(now.getTime() - config.lookbackMs - config.historyRetentionMs);
