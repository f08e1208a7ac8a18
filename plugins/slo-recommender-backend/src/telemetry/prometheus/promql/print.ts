import { InputError } from '@backstage/errors';
import type {
  InstantExpression,
  LabelMatcher,
  RangeSelector,
  Subquery,
  VectorSelector,
} from './expressions';
import { quotePattern, quoteString } from './quoting';

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * The text of an expression. Every name and value is checked or quoted on its way out, and every operand of a
 * binary operator stands in parentheses, so that precedence never has to be known.
 *
 * @throws InputError for a metric or label name that is not a plain identifier, and for values that UTF-8 cannot hold.
 */
export function printExpression(expression: InstantExpression): string {
  switch (expression.type) {
    case 'number':
      return String(expression.value);
    case 'vector':
      return printSelector(expression);
    case 'call':
      return `${expression.function}(${printRange(expression.argument)})`;
    case 'aggregation': {
      const labels = printLabels(expression.by);
      const operand = printExpression(expression.expression);
      return `${expression.operator} by (${labels}) (${operand})`;
    }
    case 'binary': {
      const matching = expression.on
        ? ` on (${printLabels(expression.on)})`
        : '';
      const left = printExpression(expression.left);
      const right = printExpression(expression.right);
      return `(${left}) ${expression.operator}${matching} (${right})`;
    }
    default: {
      const unreachable: never = expression;
      return unreachable;
    }
  }
}

/** The text of a series selector, as the `match[]` parameter takes it. */
export function printSelector(selector: VectorSelector): string {
  return `${printSeries(selector)}${printOffset(selector)}`;
}

function printSeries({ metric, matchers }: VectorSelector): string {
  if (!METRIC_NAME.test(metric)) {
    throw new InputError(`Not a metric name: ${quoteString(metric)}`);
  }
  return `${metric}{${matchers.map(printMatcher).join(',')}}`;
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
  const wrong = labels.find(label => !LABEL_NAME.test(label));
  if (wrong !== undefined) {
    throw new InputError(`Not a label name: ${quoteString(wrong)}`);
  }
  return labels.join(', ');
}
