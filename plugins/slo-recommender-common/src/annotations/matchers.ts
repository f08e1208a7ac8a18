const OPERATORS = ['=', '!=', '=~', '!~'] as const;

/** A condition on a label, as PromQL has it: the value of `=~` and `!~` is an RE2 pattern that matches it whole. */
export interface LabelMatcher {
  label: string;
  operator: (typeof OPERATORS)[number];
  value: string;
}

const MOST_MATCHERS = 10;
const MOST_CHARACTERS = 1_000;
/** Alternatives and wildcards of one pattern. */
const MOST_PARTS = 50;

/** With the dots that Prometheus 3 may keep, which need no quotes here. */
const PLAIN_LABEL = /[a-zA-Z_][a-zA-Z0-9_.]*/;
const QUOTED = /"(?:[^"\\]|\\["\\])*"|'(?:[^'\\]|\\['\\])*'|`[^`]*`/;
const MATCHER = new RegExp(
  `\\s*(${PLAIN_LABEL.source}|${QUOTED.source})\\s*(=~|!~|!=|=)\\s*(${QUOTED.source})\\s*(,|$)`,
  'uy',
);

/** The name of the metric is the dialect's affair, and what is left of a histogram without some buckets is none. */
const RESERVED_LABELS = ['__name__', 'le', 'quantile'];

const UNUSABLE = /[\p{Cc}\p{Surrogate}\u2028\u2029\ufeff]/u;

/**
 * Reads matchers as they stand between the braces of a PromQL selector, with or without the braces. Patterns are limited to
 * alternatives of text in which `.`, `.*` and `.+` stand for anything: they are put together anew, so that nothing of the
 * text is handed on as it is.
 *
 * @returns each once, in one order, so that texts that say the same are the same.
 * @throws Error that says what is wrong and what to write.
 */
export function parseLabelMatchers(text: string): LabelMatcher[] {
  if (text.length > MOST_CHARACTERS) {
    throw new Error(`Use at most ${MOST_CHARACTERS} characters.`);
  }
  const inner = /^\s*\{(.*)\}\s*$/su.exec(text)?.[1] ?? text;
  const found = new Map<string, LabelMatcher>();
  MATCHER.lastIndex = 0;
  while (inner.slice(MATCHER.lastIndex).trim() !== '') {
    const match = MATCHER.exec(inner);
    const operator = OPERATORS.find(known => known === match?.[2]);
    if (!match || !operator) {
      throw new Error(
        'Write matchers of PromQL, separated by commas, with the values in quotes, for example \'deployment_environment="production"\'.',
      );
    }
    const label = unquote(match[1]);
    const value = unquote(match[3]);
    if (label === '' || RESERVED_LABELS.includes(label)) {
      throw new Error(`The label ${JSON.stringify(label)} cannot be selected.`);
    }
    if (UNUSABLE.test(label) || UNUSABLE.test(value)) {
      throw new Error('Leave out control characters.');
    }
    const matcher: LabelMatcher = {
      label,
      operator,
      value: operator.endsWith('~') ? rebuildPattern(value) : value,
    };
    found.set(JSON.stringify(matcher), matcher);
  }
  if (found.size === 0 || found.size > MOST_MATCHERS) {
    throw new Error(`Write 1 to ${MOST_MATCHERS} matchers.`);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** The text of a name or of a value, in any quotes of PromQL. */
function unquote(text: string): string {
  if (text.startsWith('`')) return text.slice(1, -1);
  return /^["']/.test(text) ? text.slice(1, -1).replace(/\\(.)/gu, '$1') : text;
}

/** Escaped characters, what stands for anything, and everything else that means something in a pattern. */
const PATTERN_TOKEN = /\\([^a-zA-Z0-9])|(\.[*+]?)|(\|)|([\\+*?()[\]{}^$])/gu;

function rebuildPattern(pattern: string): string {
  let rebuilt = '';
  let end = 0;
  let parts = 1;
  for (const token of pattern.matchAll(PATTERN_TOKEN)) {
    const [all, escaped, anything, bar, special] = token;
    if (special !== undefined) {
      throw new Error(
        `Patterns are alternatives of text with '.', '.*' and '.+', separated by '|'; write '\\\\${special}' if the character itself is meant.`,
      );
    }
    if (bar !== undefined || anything !== undefined) parts += 1;
    rebuilt += quotePattern(pattern.slice(end, token.index));
    rebuilt +=
      escaped === undefined ? (anything ?? '|') : quotePattern(escaped);
    end = token.index + all.length;
  }
  if (parts > MOST_PARTS) {
    throw new Error(`Use at most ${MOST_PARTS} alternatives and wildcards.`);
  }
  return rebuilt + quotePattern(pattern.slice(end));
}

/** The RE2 pattern that matches exactly this text. */
function quotePattern(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}
