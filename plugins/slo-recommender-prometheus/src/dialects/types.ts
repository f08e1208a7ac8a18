import type { LabelMatcher, VectorSelector } from '../promql/expressions';

/** Ways in which exporters count requests per service, as in `HourlyCounts.evidence`. Best evidence first. */
export const DIALECT_IDS = [
  'otel-collector-span-metrics',
  'tempo-span-metrics',
  'otel-rpc-metrics',
  'otel-http-metrics',
  'micrometer-http-metrics',
  'istio',
  'service-graph',
] as const;
export type DialectId = (typeof DIALECT_IDS)[number];

/** An outcome by another label: if its value matches the whole RE2 pattern, the request failed, or did not. */
export interface OutcomeRule {
  label: string;
  pattern: string;
  failed: boolean;
}

/** How failed requests are distinguished from others. */
export interface Outcome {
  label: string;
  /**
   * Values of the label for failures and for successes. Any other value says nothing of the outcome, and neither does a
   * series without the label, unless the empty value is among them.
   */
  failed: string;
  succeeded: readonly string[];
  /** Given if the exporter has no such label: queries make it by these rules, the last that applies wins. */
  rules?: readonly OutcomeRule[];
}

/** A counter of requests, and how to find the failed ones among them. */
export interface RequestCounter {
  metric: string;
  /** True where the metric is a native histogram, whose observations are the requests. */
  isNative?: boolean;
  matchers: readonly LabelMatcher[];
  /** What operators and owners of services select of that. */
  selection?: readonly LabelMatcher[];
  /** Labels that tell apart who scraped the same target. */
  scrapers?: readonly string[];
  outcome: Outcome;
  /** Counter of failures alone. Where it has no value the outcome label decides. */
  failedMetric?: string;
  /** Labels of what has either that counter or the outcome label; given where a datasource may hold both kinds. */
  failedMetricBy?: readonly string[];
  /** True if the server evaluates MetricsQL, whose functions differ from those of PromQL. */
  isMetricsQL?: boolean;
  /** Series of instances that are counted by others, and labels that identify an instance: it is left out then. */
  elsewhere?: readonly { selector: VectorSelector; on: readonly string[] }[];
}

/** PromQL of an operator, with named places. */
export interface RequestTemplate {
  requests: TemplateText;
  failures: TemplateText;
}

/** Text around places: `services` takes the names asked for, `range` the hour. */
export type TemplateText = readonly (
  { text: string } | { place: 'services' | 'range' }
)[];

/** How requests per service are counted, by one metric of one datasource. */
export interface Dialect {
  id: DialectId | 'template';
  source: RequestCounter | RequestTemplate;
  serviceLabel: string;
  /** True where the label may say `<namespace>/<name>`, as `job` does for services with a namespace. */
  isQualified?: boolean;
  /** Label of the namespace, where services of several may share a name: they are called `<namespace>/<name>`. */
  namespaceLabel?: string;
  /** True if it counts the work inside services, which stands for requests only of those that have nothing else. */
  isInternal?: boolean;
  /** True if callers are the witnesses: they see calls that never arrive. */
  isSeenByCallers?: boolean;
  /** Who of the same metric reports what arrived; given if callers are not the only reporters. */
  ownReporters?: LabelMatcher;
  /** In words, for people. */
  failureDefinition: string;
}

/** Those that count spans, of which sampling may have dropped some. */
export const SPAN_DIALECTS: ReadonlySet<Dialect['id']> = new Set([
  'otel-collector-span-metrics',
  'tempo-span-metrics',
]);

export function isTemplate(
  source: RequestCounter | RequestTemplate,
): source is RequestTemplate {
  return 'requests' in source;
}

/** Label that queries make of outcome rules; no exporter has it. */
export const OUTCOME_LABEL = 'slo_outcome';

/** Label of the parts of a query that asks for several things at once; no exporter has it. */
export const PART_LABEL = 'slo_part';

/** Label of services that were silent in an hour, see `silentHours`; no exporter has it. */
export const SILENCE_LABEL = 'slo_silence';
