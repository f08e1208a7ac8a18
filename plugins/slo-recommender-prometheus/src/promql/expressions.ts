/** How a label is compared; values compared with `in` are matched literally, with `=~` as an RE2 pattern. */
export type LabelMatcher =
  | { label: string; operator: '=' | '!=' | '=~' | '!~'; value: string }
  | { label: string; operator: 'in' | 'not in'; values: readonly string[] };

/** Series of one metric at an instant, or of all that match. `offsetSeconds` looks back. */
export interface VectorSelector {
  type: 'vector';
  metric?: string;
  matchers: readonly LabelMatcher[];
  offsetSeconds?: number;
  /** Labels that tell apart who scraped: series that differ in nothing else are the same, and are counted once. */
  scrapers?: readonly string[];
}

/** Samples of the last `rangeSeconds` of each series. */
export interface RangeSelector {
  type: 'range';
  vector: VectorSelector;
  rangeSeconds: number;
}

/** An expression evaluated every `stepSeconds` over the last `rangeSeconds`. */
export interface Subquery {
  type: 'subquery';
  expression: InstantExpression;
  rangeSeconds: number;
  stepSeconds: number;
}

export type RangeFunction =
  | 'increase'
  | 'increase_prometheus'
  | 'last_over_time'
  | 'max_over_time'
  | 'min_over_time'
  | 'resets'
  | 'sum_over_time';

interface RangeCall {
  type: 'call';
  function: RangeFunction;
  argument: RangeSelector | Subquery;
}

interface Aggregation {
  type: 'aggregation';
  operator: 'count' | 'group' | 'max' | 'min' | 'stddev' | 'sum';
  by: readonly string[];
  /** Whether the labels are those to aggregate over, and all others stay. */
  isWithout?: boolean;
  expression: InstantExpression;
}

/** `on` narrows the labels by which both sides are matched; all of them without it. */
export interface BinaryExpression {
  type: 'binary';
  operator:
    'and' | 'or' | 'unless' | '-' | '*' | '/' | '>' | '>=' | '<=' | '!=';
  left: InstantExpression;
  right: InstantExpression;
  on?: readonly string[];
}

/** A quantile in [0, 1] of histograms, classic ones by their label `le`. */
interface HistogramQuantile {
  type: 'quantile';
  quantile: number;
  expression: InstantExpression;
}

/** Number of observations of native histograms. */
interface HistogramCount {
  type: 'histogram count';
  expression: InstantExpression;
}

/** Share of the observations of native histograms that are at most so large, in [0, 1]. */
interface HistogramFraction {
  type: 'histogram fraction';
  upTo: number;
  expression: InstantExpression;
}

/** Sets a label: always, or where another one matches a whole RE2 pattern. An empty value removes it. */
export interface LabelAssignment {
  type: 'label';
  expression: InstantExpression;
  label: string;
  value: string;
  when?: { label: string; pattern: string };
}

/** PromQL of an operator, with what is put in the places it leaves open. */
interface OperatorTemplate {
  type: 'template';
  parts: readonly (string | { alternatives: readonly string[] })[];
}

interface NumberLiteral {
  type: 'number';
  value: number;
}

/** What a query can ask for: everything but the ranges that functions take. */
export type InstantExpression =
  | VectorSelector
  | RangeCall
  | Aggregation
  | BinaryExpression
  | HistogramQuantile
  | HistogramCount
  | HistogramFraction
  | LabelAssignment
  | OperatorTemplate
  | NumberLiteral;

export const vector = (
  metric: string | undefined,
  matchers: readonly LabelMatcher[] = [],
): VectorSelector => ({ type: 'vector', metric, matchers });

export const call = (
  name: RangeFunction,
  argument: RangeSelector | Subquery,
): RangeCall => ({ type: 'call', function: name, argument });

export const sumBy = (
  by: readonly string[],
  expression: InstantExpression,
): Aggregation => ({ type: 'aggregation', operator: 'sum', by, expression });

export const countBy = (
  by: readonly string[],
  expression: InstantExpression,
): Aggregation => ({ type: 'aggregation', operator: 'count', by, expression });

export const stddevBy = (
  by: readonly string[],
  expression: InstantExpression,
): Aggregation => ({ type: 'aggregation', operator: 'stddev', by, expression });

export const groupBy = (
  by: readonly string[],
  expression: InstantExpression,
): Aggregation => ({ type: 'aggregation', operator: 'group', by, expression });

/** Aggregates over some labels: all others stay. */
export const without = (
  labels: readonly string[],
  operator: Aggregation['operator'],
  expression: InstantExpression,
): Aggregation => ({
  type: 'aggregation',
  operator,
  by: labels,
  isWithout: true,
  expression,
});

/** What was counted of series, once if several scraped it: by the one that saw most of it. */
export const countedOnce = (
  { scrapers = [] }: VectorSelector,
  counted: InstantExpression,
): InstantExpression =>
  scrapers.length === 0 ? counted : without(scrapers, 'max', counted);

export const binary = (
  left: InstantExpression,
  operator: BinaryExpression['operator'],
  right: InstantExpression,
  on?: readonly string[],
): BinaryExpression => ({ type: 'binary', operator, left, right, on });

export const number = (value: number): NumberLiteral => ({
  type: 'number',
  value,
});

export const quantileOf = (
  quantile: number,
  expression: InstantExpression,
): HistogramQuantile => ({ type: 'quantile', quantile, expression });

export const histogramCount = (
  expression: InstantExpression,
): HistogramCount => ({ type: 'histogram count', expression });

export const histogramFraction = (
  upTo: number,
  expression: InstantExpression,
): HistogramFraction => ({ type: 'histogram fraction', upTo, expression });

export const withLabel = (
  expression: InstantExpression,
  label: string,
  value: string,
  when?: LabelAssignment['when'],
): LabelAssignment => ({ type: 'label', expression, label, value, when });

/** All of the expressions at once, distinguished by the value of a label. */
export function labelledUnion(
  label: string,
  expressions: ReadonlyMap<string, InstantExpression>,
): InstantExpression {
  const [first, ...others] = [...expressions].map(([value, expression]) =>
    withLabel(expression, label, value),
  );
  return others.reduce<InstantExpression>(
    (union, other) => binary(union, 'or', other),
    first,
  );
}
