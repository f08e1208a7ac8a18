import { InputError } from '@backstage/errors';
import type {
  BinaryExpression,
  InstantExpression,
  LabelAssignment,
  LabelMatcher,
  RangeSelector,
  Subquery,
  VectorSelector,
} from './expressions';

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * The text of an expression. Every name and value is quoted on its way out unless it is a plain identifier, and every
 * operand of a binary operator stands in parentheses, so that precedence never has to be known. Quoted names are
 * understood by Prometheus 3 and compatible servers.
 *
 * @throws InputError for empty names, and for names and values that UTF-8 cannot hold.
 */
export function printExpression(expression: InstantExpression): string {
  switch (expression.type) {
    case 'number':
      return String(expression.value).replace('Infinity', 'Inf');
    case 'vector':
      return printSelector(expression);
    case 'call':
      return `${expression.function}(${printRange(expression.argument)})`;
    case 'aggregation': {
      const labels = printLabels(expression.by);
      const operand = printExpression(expression.expression);
      const clause = expression.isWithout ? 'without' : 'by';
      return `${expression.operator} ${clause} (${labels}) (${operand})`;
    }
    case 'binary': {
      const left = printExpression(expression.left);
      const right = printExpression(expression.right);
      return `(${left}) ${expression.operator}${printMatching(
        expression,
      )} (${right})`;
    }
    case 'quantile':
      return `histogram_quantile(${expression.quantile}, ${printExpression(
        expression.expression,
      )})`;
    case 'histogram count':
      return `histogram_count(${printExpression(expression.expression)})`;
    case 'histogram fraction':
      return `histogram_fraction(-Inf, ${expression.upTo}, ${printExpression(
        expression.expression,
      )})`;
    case 'label':
      return printLabelAssignment(expression);
    case 'template':
      return expression.parts
        .map(part =>
          typeof part === 'string'
            ? part
            : printAlternatives(part.alternatives),
        )
        .join('');
    default: {
      const unreachable: never = expression;
      return unreachable;
    }
  }
}

/**
 * VictoriaMetrics takes a series without labels for a number that goes with every series of the other side, unless the
 * matching is spelled out.
 */
function printMatching({ operator, on, left, right }: BinaryExpression) {
  if (on) {
    return ` on (${printLabels(on)})`;
  }
  const isOfSets =
    operator === 'and' || operator === 'or' || operator === 'unless';
  return isOfSets || left.type === 'number' || right.type === 'number'
    ? ''
    : ' ignoring ()';
}

function printLabelAssignment(assignment: LabelAssignment): string {
  const { label, value, when = { label: '', pattern: '' } } = assignment;
  const replacement = [label, value.replaceAll('$', '$$$$')].map(quoteString);
  const condition = [when.label, when.pattern].map(quoteString);
  const operand = printExpression(assignment.expression);
  return `label_replace(${[operand, ...replacement, ...condition].join(', ')})`;
}

/** The text of a series selector, as the `match[]` parameter takes it. */
export function printSelector(selector: VectorSelector): string {
  return `${printSeries(selector)}${printOffset(selector)}`;
}

/** Matchers as they stand between the braces of a selector. */
export function printMatchers(matchers: readonly LabelMatcher[]): string {
  return matchers.map(printMatcher).join(',');
}

function printSeries({ metric, matchers }: VectorSelector): string {
  const conditions = matchers.map(printMatcher);
  if (metric === undefined) {
    return `{${conditions.join(',')}}`;
  }
  if (METRIC_NAME.test(metric)) {
    return `${metric}{${conditions.join(',')}}`;
  }
  return `{${[quoteName(metric), ...conditions].join(',')}}`;
}

function printOffset({ offsetSeconds }: VectorSelector): string {
  return offsetSeconds ? ` offset ${offsetSeconds}s` : '';
}

function printRange(range: RangeSelector | Subquery): string {
  return range.type === 'subquery'
    ? `(${printExpression(range.expression)})[${range.rangeSeconds}s:${
        range.stepSeconds
      }s]`
    : `${printSeries(range.vector)}[${range.rangeSeconds}s]${printOffset(
        range.vector,
      )}`;
}

function printMatcher(matcher: LabelMatcher): string {
  const label = printLabels([matcher.label]);
  switch (matcher.operator) {
    case 'in':
      return `${label}=~${printAlternatives(matcher.values)}`;
    case 'not in':
      return `${label}!~${printAlternatives(matcher.values)}`;
    default:
      return `${label}${matcher.operator}${quoteString(matcher.value)}`;
  }
}

function printAlternatives(values: readonly string[]): string {
  if (values.length === 0) {
    throw new InputError(
      'A label can only be compared with at least one value',
    );
  }
  return quoteString(values.map(quotePattern).join('|'));
}

function printLabels(labels: readonly string[]): string {
  return labels
    .map(label => (LABEL_NAME.test(label) ? label : quoteName(label)))
    .join(', ');
}

function quoteName(name: string): string {
  if (name === '') {
    throw new InputError('A metric or label needs a name that is not empty');
  }
  return quoteString(name);
}

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
function quoteString(text: string): string {
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
