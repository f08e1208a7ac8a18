import { InputError, toError } from '@backstage/errors';
import { RE2JS } from 're2js';
import { z } from 'zod';
import type { AliasRule } from '../graph';

const ruleSchema = z.strictObject({
  pattern: z.string().min(1),
  replacement: z.string().min(1),
});

/**
 * Reads one rule. Patterns are RE2's, as Prometheus has them: they take time in proportion to the name, whatever the
 * name, where JavaScript's own could take for ever.
 *
 * @throws InputError naming the rule that cannot be used, and the remedy.
 */
function readRule(entry: unknown, index: number): AliasRule {
  const where = `sloRecommender.dependencies.aliasRules[${index}]`;
  const parsed = ruleSchema.safeParse(entry);
  if (!parsed.success) {
    throw new InputError(
      `${where} must have a pattern and a replacement, for example pattern: '^(.+)-v\\d+$' and replacement: '$1'.`,
    );
  }
  const { pattern, replacement } = parsed.data;
  try {
    const compiled = RE2JS.compile(pattern);
    const groups = [...replacement.matchAll(/\$(\d+)/g)].map(([, group]) =>
      Number(group),
    );
    if (groups.some(group => group > compiled.groupCount())) {
      throw new Error('the replacement refers to a group that it lacks');
    }
    return {
      position: index,
      rewrite(name) {
        const matcher = compiled.matcher(name);
        return matcher.find() ? matcher.replaceFirst(replacement) : undefined;
      },
    };
  } catch (error) {
    throw new InputError(
      `${where}.pattern is ${JSON.stringify(
        pattern,
      )}, which is not a regular expression of RE2 that its replacement fits: ${
        toError(error).message
      }. Mend it or leave the rule out.`,
    );
  }
}

/** Reads the rules that can be used; what is wrong with the others is told to `report`, with the remedy. */
export function readAliasRules(
  entries: unknown,
  report: (issue: string) => void,
): AliasRule[] {
  if (entries === undefined) return [];
  if (!Array.isArray(entries)) {
    report(
      'sloRecommender.dependencies.aliasRules must be a list: begin each rule with a dash.',
    );
    return [];
  }
  return entries.flatMap((entry, index) => {
    try {
      return readRule(entry, index);
    } catch (error) {
      report(toError(error).message);
      return [];
    }
  });
}
