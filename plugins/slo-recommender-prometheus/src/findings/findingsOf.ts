import type { DataQualityFinding } from 'backstage-plugin-slo-recommender-node';
import { type Dialect, SPAN_DIALECTS } from '../dialects/types';
import type { DayCounts } from '../survey/dayCounts';
import { dayOf, type Review } from '../survey/review';
import { INTERNAL_SPANS, SERVICE_GRAPH_FINDINGS } from './evidenceFindings';
import { count, duration, percent } from './figures';
import { outcomeFindings } from './outcomeFindings';
import { otherRequests, samplingFindings } from './samplingFindings';
import { strangerFindings } from './strangerFindings';
import { FINER_BUCKETS, KEEP_IDLE_SERIES, LONGER_WAIT } from './snippets';

/** Share of calls with both sides below which what is said of them is uncertain. */
const WHOLE_ENOUGH = 0.95;
/** First values are worth a word from as many, and from this share of all failures, on. */
const FEWEST_FIRST_FAILURES = 3;
const NOTABLE_SHARE = 0.2;

/** Counts that spans can be compared with, the most trustworthy first. */
const REFERENCES = [
  'otel-http-metrics',
  'micrometer-http-metrics',
  'otel-rpc-metrics',
  'istio',
  'service-graph',
] as const;

/**
 * What there is to say about the telemetry of one service.
 *
 * @param dialect - where its counts come from.
 * @param names - label values under which the dialect knows it.
 */
export function findingsOf(
  dialect: Dialect,
  names: readonly string[],
  review: Review,
): DataQualityFinding[] {
  const isGraph = dialect.id === 'service-graph';
  const own = dayOf(dialect.id, names, review);
  return [
    ...(SPAN_DIALECTS.has(dialect.id) && own
      ? compareWithOthers(own, names, review)
      : []),
    ...(own ? otherRequests(dialect.id, own, names, review) : []),
    ...(dialect.isInternal ? [INTERNAL_SPANS] : []),
    ...(isGraph ? SERVICE_GRAPH_FINDINGS : []),
    ...coverageFindings(isGraph, names, review),
    ...(own ? vanishingFindings(own) : []),
    ...(own ? fallingFindings(own) : []),
    ...outcomeFindings(dialect, names, review),
    ...strangerFindings(dialect, names, review),
    ...latencyFindings(names, review),
  ];
}

function compareWithOthers(
  own: DayCounts,
  names: readonly string[],
  review: Review,
): DataQualityFinding[] {
  for (const id of REFERENCES) {
    const others = dayOf(id, names, review);
    if (others) {
      return samplingFindings(own, others, id === 'service-graph');
    }
  }
  return [];
}

function coverageFindings(
  isGraph: boolean,
  names: readonly string[],
  review: Review,
): DataQualityFinding[] {
  const graph = dayOf('service-graph', names, review);
  if (!graph) {
    return [];
  }
  const remedy = {
    fix: 'Let the exporter of the service graph wait longer, send all spans of a trace to the same instance, and pass the trace context on everywhere.',
    snippet: LONGER_WAIT,
    gain: `From ${percent(WHOLE_ENOUGH)} on, counts are taken for whole.`,
  };
  const coverage = graph.requests / (graph.requests + graph.unpaired);
  if (coverage < WHOLE_ENOUGH) {
    return [
      {
        code: isGraph ? 'low_coverage' : 'incomplete_dependencies',
        severity: isGraph ? 'warning' : 'info',
        message: `The service graph saw both sides of ${percent(
          coverage,
        )} of the calls to this service in the last day; the others expired and were left out, which ${
          isGraph
            ? 'may have hidden failures'
            : 'makes dependencies look less used than they are'
        }.`,
        ...remedy,
      },
    ];
  }
  return review.edgeCoverage !== undefined && review.edgeCoverage < WHOLE_ENOUGH
    ? [
        {
          code: 'expired_edges',
          severity: isGraph ? 'warning' : 'info',
          message: `Of all services together, the service graph saw both sides of ${percent(
            review.edgeCoverage,
          )} of the calls in the last day. Calls to peers without instrumentation are among the others.`,
          ...remedy,
        },
      ]
    : [];
}

function vanishingFindings({
  failures,
  firstFailures,
}: DayCounts): DataQualityFinding[] {
  const share = firstFailures / (failures + firstFailures);
  return firstFailures >= FEWEST_FIRST_FAILURES && share >= NOTABLE_SHARE
    ? [
        {
          code: 'first_failures_recovered',
          severity: 'info',
          message: `About ${percent(
            share,
          )} of the failures in the last day were the first value of a series that had not been there: increase() alone would have missed them. They are counted here.`,
          fix: 'Let exporters keep series that idle.',
          snippet: KEEP_IDLE_SERIES,
          gain: 'Your dashboards and alerts see these failures too.',
        },
      ]
    : [];
}

function fallingFindings({ falls }: DayCounts): DataQualityFinding[] {
  return falls > 0
    ? [
        {
          code: 'counter_goes_down',
          severity: 'error',
          message: `The counter of this service went down ${count(
            falls,
          )} times in the last day, and both its lowest and its highest values kept growing: two writers share a series. Each fall is taken for a restart, so that far more requests are counted than there were.`,
          fix: 'Give each writer an instance of its own, for example by service.instance.id or a label of the pod, or deduplicate the replicas that write the same series.',
          snippet: null,
          gain: 'An objective can be recommended: these counts cannot carry one.',
        },
      ]
    : [];
}

function latencyFindings(
  names: readonly string[],
  {
    belowFloor,
    millisecondMetrics,
    mixedScaleMetrics,
    areSidesSwapped,
    services,
  }: Review,
): DataQualityFinding[] {
  const graph = services.find(({ dialect }) => dialect.id === 'service-graph');
  if (!names.some(name => graph?.services.has(name))) {
    return [];
  }
  const findings: DataQualityFinding[] = [];
  const floor = names.flatMap(name => belowFloor.get(name) ?? [])[0];
  if (floor !== undefined) {
    findings.push({
      code: 'bucket_floor',
      severity: 'info',
      message: `99 % of the calls to this service take less than ${duration(
        floor,
      )}, the end of the lowest bucket. Where below cannot be told: a percentile there is interpolation, so the whole interval is shown.`,
      fix: 'Add shorter buckets, or use native histograms.',
      snippet: FINER_BUCKETS,
      gain: 'Latency objectives can be set where the service really is.',
    });
  }
  if (millisecondMetrics.length > 0) {
    findings.push({
      code: 'milliseconds_as_seconds',
      severity: 'warning',
      message: `${millisecondMetrics.join(
        ' and ',
      )} hold milliseconds, although their name says seconds. They are converted here.`,
      fix: 'Update the OpenTelemetry Collector to v0.89 or later.',
      snippet: null,
      gain: 'Latencies are right for everyone who reads these metrics.',
    });
  }
  if (mixedScaleMetrics.length > 0) {
    findings.push({
      code: 'mixed_latency_units',
      severity: 'warning',
      message: `${mixedScaleMetrics.join(
        ' and ',
      )} hold seconds of some exporters and milliseconds of others. Latencies of them are left out.`,
      fix: 'Update all instances of the OpenTelemetry Collector to v0.89 or later.',
      snippet: null,
      gain: 'Latencies are known again.',
    });
  }
  if (areSidesSwapped) {
    findings.push({
      code: 'sides_swapped',
      severity: 'warning',
      message:
        'Servers seem to take longer than their callers wait for them: the latencies of the client and of the server are swapped, as old versions of the OpenTelemetry Collector wrote them. They are exchanged here.',
      fix: 'Update the OpenTelemetry Collector.',
      snippet: null,
      gain: 'Latencies are right for everyone who reads these metrics.',
    });
  }
  return findings;
}
