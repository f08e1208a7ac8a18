import { InputError } from '@backstage/errors';

const ILL_FORMED = /\p{Surrogate}/u;
const ESCAPED = /["\\\p{Cc}\u2028\u2029\ufeff]/gu;

/** True unless the text has half a surrogate pair, which UTF-8 and so PromQL cannot express. */
export function isQuotable(text: string): boolean {
  return !ILL_FORMED.test(text);
}

/**
 * A double-quoted PromQL string. PromQL follows Go's escapes, so control characters become `\uXXXX`.
 *
 * @throws InputError if the text cannot be expressed, see {@link isQuotable}.
 */
export function quoteString(text: string): string {
  if (!isQuotable(text)) {
    throw new InputError(
      'A label value is not well-formed Unicode and cannot be queried; correct the name',
    );
  }
  const escaped = text.replace(ESCAPED, character =>
    character === '"' || character === '\\'
      ? `\\${character}`
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}

/** The RE2 pattern that matches exactly this text; the same characters as Go's `regexp.QuoteMeta`. */
export function quotePattern(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}
