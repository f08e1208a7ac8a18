import { spellings, spellLabel } from './spellings';
import { outcomeByRules, statusCodeRules } from './outcomes';
import type { Dialect, OutcomeRule } from './types';

const DURATION = 'http.server.request.duration';
const OLD_DURATION = 'http.server.duration';

/** Histograms of the OpenTelemetry semantic conventions for HTTP servers, stable ones first: classic, then native. */
export const HTTP_CLASSIC = [
  ...spellings(DURATION, { unit: 'seconds', suffix: '_count' }),
  ...spellings(OLD_DURATION, { unit: 'milliseconds', suffix: '_count' }),
];
export const HTTP_NATIVE = [
  ...spellings(DURATION, { unit: 'seconds', suffix: '' }),
  ...spellings(OLD_DURATION, { unit: 'milliseconds', suffix: '' }),
];

const CODE_LABELS = ['http.response.status_code', 'http.status_code'];

/** Requests by status code, as HTTP servers count them: nothing is sampled away. */
export function httpMetricsDialects(
  metric: string,
  labels: ReadonlySet<string> | undefined,
): Dialect[] {
  const codes = CODE_LABELS.flatMap(
    label => spellLabel(label, metric, labels) ?? [],
  );
  if (codes.length === 0) {
    return [];
  }
  const errorType = spellLabel('error.type', metric, labels);
  const rules = outcomeRules(codes, errorType);
  const serviceName = spellLabel('service.name', metric, labels);
  const identities = [
    ...(serviceName ? [{ serviceLabel: serviceName }] : []),
    // Metrics that come over OTLP have no label for the service, only a job of its namespace and name.
    ...(labels?.has('job') === false
      ? []
      : [{ serviceLabel: 'job', isQualified: true }]),
  ];
  return identities.map(identity => ({
    id: 'otel-http-metrics',
    ...identity,
    source: {
      metric,
      isNative: HTTP_NATIVE.includes(metric),
      matchers: [],
      outcome: outcomeByRules(rules),
    },
    failureDefinition: errorType
      ? 'requests answered with a 5xx status code, and those without a code that ended in an error such as a timeout'
      : 'requests answered with a 5xx status code',
  }));
}

/** A request that was never answered has no status code, only the type of its error; with a code, the code decides. */
function outcomeRules(
  codes: readonly string[],
  errorType: string | undefined,
): OutcomeRule[] {
  return [
    ...(errorType === undefined
      ? []
      : [{ label: errorType, pattern: '.+', failed: true }]),
    ...codes.flatMap(statusCodeRules),
  ];
}
