import { toError } from '@backstage/errors';
import { RE2JS } from 're2js';
import { z } from 'zod';

/** An operator's rule for names. */
export interface AliasRule {
  /** Place in the configured list, from 0. */
  position: number;
  /** Returns the name or entity reference to look up in place of a name; undefined if the rule does not apply. */
  rewrite(name: string): string | undefined;
}

/**
 * Compiles a rule. Patterns are RE2's, as Prometheus has them: they take time in proportion to the name, whatever the
 * name, where JavaScript's own could take for ever.
 *
 * @throws Error if the pattern is not one, or its replacement does not fit it.
 */
function compile(rule: {
  pattern: string;
  replacement: string;
}): AliasRule['rewrite'] {
  const compiled = RE2JS.compile(rule.pattern);
  const groups = [...rule.replacement.matchAll(/\$(\d+)/g)].map(([, group]) =>
    Number(group),
  );
  if (groups.some(group => group > compiled.groupCount())) {
    throw new Error('the replacement refers to a group that it lacks');
  }
  return name => {
    const matcher = compiled.matcher(name);
    return matcher.find() ? matcher.replaceFirst(rule.replacement) : undefined;
  };
}

/**
 * A list of rules. One that is undefined is left out, and the others keep their positions.
 *
 * @param key - of the list, for messages.
 */
export function aliasRuleList(key: string) {
  // the path ends at the rule or at one of its fields
  const error = ({ path = [] }: { path?: PropertyKey[] }) =>
    `${key}[${String(
      path.find(part => typeof part === 'number'),
    )}] must have a pattern and a replacement, for example pattern: '^(.+)-v\\d+$' and replacement: '$1'.`;
  const text = z.string({ error }).min(1, { error });
  const rule = z.strictObject({ pattern: text, replacement: text }, { error });
  return z
    .array(rule.optional(), {
      error: `${key} must be a list: begin each rule with a dash.`,
    })
    .transform((rules, { issues }) =>
      rules.flatMap((one, position): AliasRule[] => {
        if (!one) return [];
        try {
          return [{ position, rewrite: compile(one) }];
        } catch (cause) {
          issues.push({
            code: 'custom',
            input: one,
            path: [position],
            message: `${key}[${position}].pattern is ${JSON.stringify(
              one.pattern,
            )}, which is not a regular expression of RE2 that its replacement fits: ${
              toError(cause).message
            }. Fix it or leave the rule out.`,
          });
          return [];
        }
      }),
    );
}
