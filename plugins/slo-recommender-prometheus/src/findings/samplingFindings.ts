import type { DataQualityFinding } from 'backstage-plugin-slo-recommender-node';
import { type Dialect, SPAN_DIALECTS } from '../dialects/types';
import type { DayCounts } from '../survey/dayCounts';
import { dayOf, type Review } from '../survey/review';
import { percent } from './figures';
import { METRICS_BEFORE_SAMPLING } from './snippets';

/** Fewer requests say too little about a ratio. */
export const FEWEST_REQUESTS = 100;
/** Spans that are missing: fewer than this share of the requests that were counted apart. */
const SAMPLED_SHARE = 0.9;
/** Less than half of the requests is worth a word even where the ratios agree. */
const MUCH_SAMPLED_SHARE = 0.5;
/** Ratios this many times apart, and by as many standard errors, are no accident. */
const WILD_FACTOR = 3;
const WILD_ERRORS = 4;

/**
 * Compares counts made from spans with counts of the same day that were made without: sampling loses spans, and where
 * failed traces are kept more often than others the failure ratio of the rest is too high.
 *
 * @param isGraph - true where the other counts are a service graph's, which has failures of its own kind: then only a
 *   ratio of spans that is the higher one shows sampling.
 */
export function samplingFindings(
  spans: DayCounts,
  others: DayCounts,
  isGraph: boolean,
): DataQualityFinding[] {
  if (Math.min(spans.requests, others.requests) < FEWEST_REQUESTS) {
    return [];
  }
  const share = spans.requests / others.requests;
  const [ofSpans, ofOthers] = [spans, others].map(
    ({ requests, failures }) => (failures + 0.5) / (requests + 1),
  );
  const pooled =
    (spans.failures + others.failures + 0.5) /
    (spans.requests + others.requests + 1);
  const standardError = Math.sqrt(
    pooled * (1 - pooled) * (1 / spans.requests + 1 / others.requests),
  );
  const disagree =
    Math.max(ofSpans / ofOthers, isGraph ? 0 : ofOthers / ofSpans) >=
      WILD_FACTOR &&
    Math.abs(ofSpans - ofOthers) >= WILD_ERRORS * standardError;
  const ratios = `${percent(
    spans.failures / spans.requests,
  )} of the spans failed, but ${percent(
    others.failures / others.requests,
  )} of the requests that were counted without traces`;
  if (disagree && share < SAMPLED_SHARE) {
    return [
      {
        code: 'sampling_bias',
        severity: 'error',
        message: `Spans are sampled by their outcome: in the last day ${percent(
          share,
        )} of the requests left a span; ${ratios}.`,
        fix: 'Make metrics of spans before they are sampled, or set dialect of the datasource to the metrics that are not.',
        snippet: METRICS_BEFORE_SAMPLING,
        gain: 'An objective can be recommended: these counts cannot carry one.',
      },
    ];
  }
  if (disagree && !isGraph) {
    return [
      {
        code: 'failure_definitions_differ',
        severity: 'warning',
        message: `Two kinds of metrics do not agree on what a failure is: ${ratios}.`,
        fix: 'Look at what sets the status of spans to ERROR, and whether that is the fault of the service.',
        snippet: null,
        gain: 'The objective speaks of failures that users would call so.',
      },
    ];
  }
  return share < MUCH_SAMPLED_SHARE
    ? [
        {
          code: 'sampled_spans',
          severity: 'warning',
          message: `Only ${percent(
            share,
          )} of the requests of the last day left a span. Ratios agree, but counts and budgets in requests are too small.`,
          fix: 'Make metrics of spans before they are sampled.',
          snippet: METRICS_BEFORE_SAMPLING,
          gain: 'Budgets in requests are right, and rare failures are seen.',
        },
      ]
    : [];
}

/**
 * Why the counts of HTTP servers are to be used before spans; undefined where they are not. Servers count every request,
 * and where spans show less than half as many, the rest was sampled away or is not traced.
 *
 * @param names - label values under which the service is known.
 */
export function whyNotSpans(
  { id }: Dialect,
  names: readonly string[],
  review: Review,
): DataQualityFinding | undefined {
  const spans = SPAN_DIALECTS.has(id) ? dayOf(id, names, review) : undefined;
  const requests = dayOf('otel-http-metrics', names, review);
  if (!spans || !requests || requests.requests < FEWEST_REQUESTS) {
    return undefined;
  }
  const share = spans.requests / requests.requests;
  return share < MUCH_SAMPLED_SHARE
    ? {
        code: 'spans_not_used',
        severity: 'info',
        message: `Only ${percent(
          share,
        )} of the requests that the HTTP server counted in the last day left a server or consumer span. The metrics of the server are used instead of spans.`,
        fix: 'Make metrics of spans before they are sampled, if spans are to be counted.',
        snippet: METRICS_BEFORE_SAMPLING,
        gain: 'Metrics of spans and of the server agree.',
      }
    : undefined;
}
