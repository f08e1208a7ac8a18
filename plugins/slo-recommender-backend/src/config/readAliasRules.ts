import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { AliasRule } from '../graph';

const ruleSchema = z.strictObject({
  pattern: z.string().min(1),
  replacement: z.string().min(1),
});

function readRule(entry: unknown, index: number): AliasRule {
  const where = `sloRecommender.dependencies.aliasRules[${index}]`;
  const rule = ruleSchema.safeParse(entry);
  if (!rule.success) {
    throw new InputError(
      `${where} must have a pattern and a replacement, for example pattern: '^(.+)-v\\d+$' and replacement: '$1'.`,
    );
  }
  try {
    return {
      pattern: new RegExp(rule.data.pattern, 'u'),
      replacement: rule.data.replacement,
    };
  } catch {
    throw new InputError(
      `${where}.pattern is ${JSON.stringify(
        rule.data.pattern,
      )}, which is not a regular expression of JavaScript. Mend it or leave the rule out.`,
    );
  }
}

/** @throws InputError naming the rule that cannot be used, and the remedy. */
export function readAliasRules(config: Config): AliasRule[] {
  const entries = config.getOptional('dependencies.aliasRules') ?? [];
  if (!Array.isArray(entries)) {
    throw new InputError(
      'sloRecommender.dependencies.aliasRules must be a list: begin each rule with a dash.',
    );
  }
  return entries.map(readRule);
}
