import {
  binary,
  type InstantExpression,
  type LabelMatcher,
  sumBy,
  vector,
  type VectorSelector,
  withLabel,
} from '../promql/expressions';
import type { Outcome, RequestCounter } from './types';

/** Failures that have a counter of their own, and those that only the outcome label shows. */
interface FailureSelectors {
  counted: VectorSelector;
  labelled?: { selector: VectorSelector; unlessCountedBy: readonly string[] };
}

/** Undefined where failures have no counter of their own. */
export function selectFailures(
  { failedMetric, failedMetricBy, outcome }: RequestCounter,
  total: VectorSelector,
): FailureSelectors | undefined {
  if (failedMetric === undefined) {
    return undefined;
  }
  return {
    counted: { ...total, metric: failedMetric },
    ...(failedMetricBy && {
      labelled: {
        selector: {
          ...total,
          matchers: [
            ...total.matchers,
            { label: outcome.label, operator: '=', value: outcome.failed },
          ],
        },
        unlessCountedBy: failedMetricBy,
      },
    }),
  };
}

/** Counts each failure once: of those in both kinds, the counter decides. */
export function addUpFailures(
  { counted, labelled }: FailureSelectors,
  increaseOf: (selector: VectorSelector) => InstantExpression,
): InstantExpression {
  return labelled
    ? binary(
        sumBy(labelled.unlessCountedBy, increaseOf(counted)),
        'or',
        sumBy(labelled.unlessCountedBy, increaseOf(labelled.selector)),
      )
    : increaseOf(counted);
}

/** All series of a counter, or some of them. */
export function selectTotal(
  counter: RequestCounter,
  narrowing: readonly LabelMatcher[] = [],
): VectorSelector {
  return vector(counter.metric, [...counter.matchers, ...narrowing]);
}

/** Makes the outcome label where the exporter has none. */
export function withOutcome(
  expression: InstantExpression,
  { label, failed, rules = [] }: Outcome,
): InstantExpression {
  return rules.reduce(
    (labelled, rule) =>
      withLabel(labelled, label, rule.failed ? failed : '', {
        label: rule.label,
        pattern: rule.pattern,
      }),
    expression,
  );
}
