import type {
  DataQualityFinding,
  HourlyLatencies,
} from 'backstage-plugin-slo-recommender-node';
import type { DurationHistogram } from '../dialects/durations';
import { duration, percent } from './figures';
import { FINER_SPAN_BUCKETS } from './snippets';

/** Share of requests in the lowest bucket from which on nothing is known of most of the others. */
const MOST_REQUESTS = 0.99;

/** Fewer requests than these say little of one in a hundred. */
const FEWEST_REQUESTS = 100;

/** What was noticed of the hours of one name. */
interface HourNotes {
  differingHours: number;
  mixedScaleHours: number;
  misnamedHours: number;
}

/** What there is to say about a histogram of durations, of one service. */
export function latencyFindings(
  { metric }: DurationHistogram,
  names: readonly HourNotes[],
): DataQualityFinding[] {
  const count = (key: keyof HourNotes) =>
    names.reduce((sum, notes) => sum + notes[key], 0);
  const findings: DataQualityFinding[] = [];
  if (count('misnamedHours') > 0) {
    findings.push({
      code: 'milliseconds_as_seconds',
      severity: 'warning',
      message: `${metric} holds milliseconds, although its name says seconds. They are converted here.`,
      fix: 'Update the exporter, for example the OpenTelemetry Collector to v0.89 or later.',
      snippet: null,
      gain: 'Latencies are right for everyone who reads this metric.',
    });
  }
  if (count('mixedScaleHours') > 0) {
    findings.push({
      code: 'mixed_latency_units',
      severity: 'warning',
      message: `${metric} holds seconds of some instances of this service and milliseconds of others. Latencies of those hours are left out.`,
      fix: 'Let all instances record the same unit.',
      snippet: null,
      gain: 'Latencies are known again.',
    });
  } else if (count('differingHours') > 0) {
    findings.push({
      code: 'latency_buckets_differ',
      severity: 'info',
      message: `Instances of this service record ${metric} in different buckets. Only the bounds that all of them have tell how many requests were faster.`,
      fix: 'Configure the same buckets everywhere.',
      snippet: null,
      gain: 'Latency objectives can be set at more thresholds.',
    });
  }
  return findings;
}

/** Reported if hardly anything is known, as nearly all requests lie in the lowest bucket. */
export function bucketFloor(
  latencies: HourlyLatencies | undefined,
): DataQualityFinding[] {
  if (!latencies) return [];
  const [lowest, ...others] = latencies.counts.map(bucket =>
    bucket.reduce((sum, count) => sum + (count || 0), 0),
  );
  const total = others.reduce((sum, count) => sum + count, lowest);
  const share = lowest / total;
  return total >= FEWEST_REQUESTS && share >= MOST_REQUESTS
    ? [
        {
          code: 'bucket_floor',
          severity: 'info',
          message: `${percent(
            share,
          )} of the requests to this service take ${duration(
            latencies.boundsSeconds[0],
          )} or less, the end of the lowest bucket. Where below cannot be told: a percentile there is interpolation.`,
          fix: 'Add shorter buckets, or use native histograms.',
          snippet: FINER_SPAN_BUCKETS,
          gain: 'Latency objectives can be set where the service really is.',
        },
      ]
    : [];
}
