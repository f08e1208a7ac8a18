import {
  binary,
  type InstantExpression,
  type LabelMatcher,
  sumBy,
  vector,
  type VectorSelector,
  withLabel,
} from '../promql/expressions';
import {
  type Outcome,
  OUTCOME_LABEL,
  type OutcomeRule,
  type RequestCounter,
} from './types';

/** What is known of a request: `unknown` if no rule knows the value of its outcome. */
export type OutcomeKind = 'failed' | 'succeeded' | 'unknown';

/** Outcomes as queries make them of other labels; series that no rule knows have none. */
const MADE = { label: OUTCOME_LABEL, failed: 'failed', succeeded: 'succeeded' };

export function outcomeByRules(rules: readonly OutcomeRule[]): Outcome {
  return { ...MADE, succeeded: [MADE.succeeded], rules };
}

/** The two queries of a template say which requests failed, so that all others succeeded. */
export const TEMPLATE_OUTCOME: Outcome = { ...MADE, succeeded: [''] };

/** @param value - of the outcome label; undefined if a series has none. */
export function kindOfOutcome(
  { failed, succeeded }: Outcome,
  value = '',
): OutcomeKind {
  if (value === failed) return 'failed';
  return succeeded.includes(value) ? 'succeeded' : 'unknown';
}

/** The last rule that applies to the labels of a series wins, as in {@link withOutcome}. */
export function kindByRules(
  rules: readonly OutcomeRule[],
  labels: Record<string, string>,
): OutcomeKind {
  const rule = rules.findLast(({ label, pattern }) =>
    new RegExp(`^(?:${pattern})$`, 'su').test(labels[label] ?? ''),
  );
  if (!rule) return 'unknown';
  return rule.failed ? 'failed' : 'succeeded';
}

/**
 * Rules for a label with status codes of HTTP: 5xx is the fault of the server, and what is below is not. Pipelines that
 * save series write the class instead of the code, as in `5xx`. Anything else is no status: clients that gave up before an
 * answer leave 0, and an overflow series has none.
 */
export function statusCodeRules(label: string): OutcomeRule[] {
  return [
    { label, pattern: '[1-4]([0-9]{2}|[xX]{2})', failed: false },
    { label, pattern: '5([0-9]{2}|[xX]{2})', failed: true },
  ];
}

/** Statuses of gRPC, by their number; Connect writes them in lower case. */
const GRPC_STATUSES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

/** Those that OpenTelemetry's conventions blame on the server: UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, … */
const SERVER_FAULTS = [2, 4, 12, 13, 14, 15];

/** Numbers of the statuses of gRPC that blame the server, as a pattern. */
export const GRPC_SERVER_FAULTS = SERVER_FAULTS.join('|');

/** Rules for a label with statuses of gRPC, as numbers or as words. */
export function grpcStatusRules(label: string): OutcomeRule[] {
  const patternOf = (codes: readonly number[]) =>
    codes
      .flatMap(code => [
        String(code),
        GRPC_STATUSES[code],
        GRPC_STATUSES[code].toLowerCase(),
      ])
      .join('|');
  const others = [...GRPC_STATUSES.keys()].filter(
    code => !SERVER_FAULTS.includes(code),
  );
  return [
    // Connect and Go spell it with one l
    { label, pattern: `${patternOf(others)}|CANCELED|canceled`, failed: false },
    { label, pattern: patternOf(SERVER_FAULTS), failed: true },
  ];
}

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
  const { metric, matchers, selection = [], scrapers } = counter;
  return {
    ...vector(metric, [...matchers, ...selection, ...narrowing]),
    ...(scrapers && { scrapers }),
  };
}

/** Makes the outcome label where the exporter has none. */
export function withOutcome(
  expression: InstantExpression,
  { label, rules = [] }: Outcome,
): InstantExpression {
  return rules.reduce(
    (labelled, rule) =>
      withLabel(labelled, label, rule.failed ? MADE.failed : MADE.succeeded, {
        label: rule.label,
        pattern: rule.pattern,
      }),
    expression,
  );
}
