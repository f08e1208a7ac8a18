/** How a label is compared; values compared with `in` are matched literally, never as a pattern. */
export type LabelMatcher =
  | { label: string; operator: '=' | '!='; value: string }
  | { label: string; operator: 'in' | 'not in'; values: readonly string[] };

/** Series of one metric at an instant. `offsetSeconds` looks back. */
export interface VectorSelector {
  type: 'vector';
  metric: string;
  matchers: readonly LabelMatcher[];
  offsetSeconds?: number;
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
  'increase' | 'last_over_time' | 'max_over_time' | 'resets' | 'sum_over_time';

export interface RangeCall {
  type: 'call';
  function: RangeFunction;
  argument: RangeSelector | Subquery;
}

export interface Aggregation {
  type: 'aggregation';
  operator: 'sum' | 'group';
  by: readonly string[];
  expression: InstantExpression;
}

/** `on` narrows the labels by which both sides are matched; all of them without it. */
export interface BinaryExpression {
  type: 'binary';
  operator: 'and' | 'or' | 'unless' | '-' | '*' | '>' | '>=';
  left: InstantExpression;
  right: InstantExpression;
  on?: readonly string[];
}

export interface NumberLiteral {
  type: 'number';
  value: number;
}

/** What a query can ask for: everything but the ranges that functions take. */
export type InstantExpression =
  VectorSelector | RangeCall | Aggregation | BinaryExpression | NumberLiteral;

export const vector = (
  metric: string,
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

export const groupBy = (
  by: readonly string[],
  expression: InstantExpression,
): Aggregation => ({ type: 'aggregation', operator: 'group', by, expression });

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
