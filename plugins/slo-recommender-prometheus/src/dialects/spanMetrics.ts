import { withExported } from './identity';
import { spellings, spellLabel } from './spellings';
import { outcomeByRules, statusCodeRules } from './outcomes';
import type { Dialect, Outcome } from './types';

/** Calls counted by the Collector's spanmetrics connector, newest name first, and by its predecessors. */
export const COLLECTOR_CALLS = [
  ...spellings('traces.span.metrics.calls', {
    suffix: '_total',
    isOptional: true,
  }),
  'calls_total',
  'calls',
];

/** Calls counted by Tempo's metrics-generator, and by collectors that are set up with its names. */
export const TEMPO_CALLS = 'traces_spanmetrics_calls_total';

const CODE_LABELS = ['http.response.status_code', 'http.status_code'];

/** Spans of what a service served. What it called would count a request once more, and under its caller. */
export function spanMetricsDialects(
  metric: string,
  labels: ReadonlySet<string> | undefined,
): Dialect[] {
  return dialectsOfKinds(metric, labels, {
    kinds: ['SPAN_KIND_SERVER', 'SPAN_KIND_CONSUMER'],
    inWords: 'server and consumer spans',
  });
}

/** Spans of the work inside a service: a batch that nobody calls may have no others. */
export function internalSpansDialects(
  metric: string,
  labels: ReadonlySet<string> | undefined,
): Dialect[] {
  return dialectsOfKinds(metric, labels, {
    kinds: ['SPAN_KIND_INTERNAL'],
    inWords: 'internal spans',
  }).map(dialect => ({ ...dialect, isInternal: true }));
}

function dialectsOfKinds(
  metric: string,
  labels: ReadonlySet<string> | undefined,
  { kinds, inWords }: { kinds: readonly string[]; inWords: string },
): Dialect[] {
  const kind = spellLabel('span.kind', metric, labels);
  const status = spellLabel('status.code', metric, labels);
  if (!kind || !status) {
    return [];
  }
  const codes =
    labels === undefined
      ? []
      : CODE_LABELS.flatMap(label => spellLabel(label, metric, labels) ?? []);
  const dialectsBy = (
    id: 'otel-collector-span-metrics' | 'tempo-span-metrics',
    label: string,
  ): Dialect[] =>
    withExported(label, labels).map(({ serviceLabel, matchers }) => ({
      id,
      serviceLabel,
      source: {
        metric,
        matchers: [{ label: kind, operator: 'in', values: kinds }, ...matchers],
        outcome: spanOutcome(status, codes),
      },
      failureDefinition: codes.length
        ? `${inWords} answered with a 5xx status code, and those without a code that have status ERROR`
        : `${inWords} with status ERROR`,
    }));
  const collectorLabel = spellLabel('service.name', metric, labels);
  return [
    ...(metric === TEMPO_CALLS && labels?.has('service') !== false
      ? dialectsBy('tempo-span-metrics', 'service')
      : []),
    ...(collectorLabel
      ? dialectsBy('otel-collector-span-metrics', collectorLabel)
      : []),
  ];
}

/**
 * A status code of HTTP says whose fault it was; the status of a span may be ERROR for mistakes of the client too. A span
 * without a code that is not marked as an error succeeded: UNSET is what OpenTelemetry has for spans without one.
 */
function spanOutcome(status: string, codes: readonly string[]): Outcome {
  return codes.length === 0
    ? {
        label: status,
        failed: 'STATUS_CODE_ERROR',
        succeeded: ['STATUS_CODE_UNSET', 'STATUS_CODE_OK'],
      }
    : outcomeByRules([
        { label: status, pattern: 'STATUS_CODE_(UNSET|OK)', failed: false },
        { label: status, pattern: 'STATUS_CODE_ERROR', failed: true },
        ...codes.flatMap(statusCodeRules),
      ]);
}
