import type { DataQualityFinding } from 'backstage-plugin-slo-recommender-node';
import { type Dialect, SPAN_DIALECTS } from '../dialects/types';
import { SERVER_DIALECTS } from '../dialects/serverMetrics';
import type { DayCounts } from '../survey/dayCounts';
import { dayOf, type Review } from '../survey/review';
import { count, percent } from './figures';
import { METRICS_BEFORE_SAMPLING, SPAN_METRICS } from './snippets';

const RPC: Dialect['id'] = 'otel-rpc-metrics';

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
 * Why spans, or the calls of an RPC server, are to be left aside for the metrics of another server; undefined if they are not.
 * Servers count every request, and where something else shows less than half as many, the rest was sampled away, is not
 * traced, or did not come by RPC.
 *
 * @param names - label values under which the service is known.
 */
export function whyPassedOver(
  { id }: Dialect,
  names: readonly string[],
  review: Review,
): DataQualityFinding | undefined {
  const isSpans = SPAN_DIALECTS.has(id);
  if (!isSpans && id !== RPC) {
    return undefined;
  }
  const own = dayOf(id, names, review);
  const [most] = [...SERVER_DIALECTS]
    .filter(other => isSpans || other !== RPC)
    .flatMap(other => {
      const day = dayOf(other, names, review);
      return day ? [{ id: other, ...day }] : [];
    })
    .sort((one, other) => other.requests - one.requests);
  if (!own || !most || most.requests < FEWEST_REQUESTS) {
    return undefined;
  }
  const share = own.requests / most.requests;
  if (share >= MUCH_SAMPLED_SHARE) {
    return undefined;
  }
  return isSpans
    ? {
        code: 'spans_not_used',
        severity: 'info',
        message: `Only ${percent(
          share,
        )} of the requests that the ${most.id === RPC ? 'RPC' : 'HTTP'} server counted in the last day left a server or consumer span. The metrics of the server are used instead of spans.`,
        fix: 'Make metrics of spans before they are sampled, if spans are to be counted.',
        snippet: METRICS_BEFORE_SAMPLING,
        gain: 'Metrics of spans and of the server agree.',
      }
    : otherRequests(most.id, most, names, review)[0];
}

/** Requests of another kind are worth a word from this share of those that are counted on. */
const NOTABLE_OTHERS = 0.05;
/** Counts of two servers that are this close are of the same requests: some frameworks serve RPC by their HTTP server. */
const SAME_REQUESTS = 0.02;

/** Says how many requests come to the service by RPC while its HTTP requests are counted, or the other way round. */
export function otherRequests(
  id: Dialect['id'],
  own: DayCounts,
  names: readonly string[],
  review: Review,
): DataQualityFinding[] {
  if (!SERVER_DIALECTS.has(id)) {
    return [];
  }
  const [other] = [...SERVER_DIALECTS]
    .filter(kind => (kind === RPC) !== (id === RPC))
    .flatMap(kind => dayOf(kind, names, review) ?? []);
  if (
    !other ||
    other.requests < FEWEST_REQUESTS ||
    other.requests < NOTABLE_OTHERS * own.requests ||
    Math.abs(other.requests / own.requests - 1) <= SAME_REQUESTS
  ) {
    return [];
  }
  const [counted, left] =
    id === RPC
      ? ['calls by RPC', 'requests by HTTP']
      : ['requests by HTTP', 'calls by RPC'];
  return [
    {
      code: 'other_requests',
      severity: 'warning',
      message: `The service also answered ${count(other.requests)} ${left} in the last day, of which ${percent(
        other.failures / other.requests,
      )} failed. Only its ${count(own.requests)} ${counted} are counted.`,
      fix: 'Make metrics of its server spans, which count both, or set dialect of the datasource to the kind that the objective is about.',
      snippet: SPAN_METRICS,
      gain: 'All requests of the service count.',
    },
  ];
}
