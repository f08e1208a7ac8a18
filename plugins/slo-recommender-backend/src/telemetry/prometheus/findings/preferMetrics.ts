import type { DataQualityFinding } from 'backstage-plugin-slo-recommender-node';
import type { Dialect } from '../dialects';
import { dayOf, type Review } from '../survey';
import { percent } from './figures';
import { FEWEST_REQUESTS, MUCH_SAMPLED_SHARE } from './samplingFindings';
import { METRICS_BEFORE_SAMPLING } from './snippets';

export const SPAN_DIALECTS: ReadonlySet<Dialect['id']> = new Set([
  'otel-collector-span-metrics',
  'tempo-span-metrics',
]);

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
