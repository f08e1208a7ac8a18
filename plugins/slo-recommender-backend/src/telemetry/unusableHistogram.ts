import type {
  DataQualityFinding,
  HourlyLatencies,
} from 'backstage-plugin-slo-recommender-node';
import { isPlausibleHistogram } from '../store';

/** Why latencies cannot be what a source measured; undefined where nothing speaks against it. */
function faultOf(
  { boundsSeconds, counts }: HourlyLatencies,
  hours: number,
): string | undefined {
  const wrong = boundsSeconds.findIndex(
    (bound, i) =>
      !(
        bound >= 0 &&
        bound < Infinity &&
        bound > (i > 0 ? boundsSeconds[i - 1] : -1)
      ),
  );
  if (wrong >= 0) {
    return `boundary ${wrong + 1} of ${boundsSeconds.length} is ${boundsSeconds[wrong]} s, and they do not ascend from 0 s`;
  }
  if (counts.length !== boundsSeconds.length + 1) {
    return `there are ${counts.length} buckets for ${boundsSeconds.length} boundaries`;
  }
  const other = counts.find(({ length }) => length !== hours);
  if (other) {
    return `a bucket has ${other.length} hours where ${hours} were asked for`;
  }
  let isTold = false;
  for (let hour = 0; hour < hours; hour++) {
    const ofHour = Float64Array.from(counts, bucket => bucket[hour]);
    if (isPlausibleHistogram(ofHour)) return undefined;
    isTold ||= !ofHour.every(Number.isNaN);
  }
  return isTold
    ? 'its counts cannot be: they are negative, infinite or beyond 2^53'
    : undefined;
}

/** What to tell of latencies that cannot be used; undefined where they can. */
export function unusableHistogram(
  latencies: HourlyLatencies,
  hours: number,
): DataQualityFinding | undefined {
  const fault = faultOf(latencies, hours);
  return fault === undefined
    ? undefined
    : {
        code: 'unusable_histogram',
        severity: 'warning',
        message: `The latencies of ${latencies.evidence} cannot be used: ${fault}.`,
        fix: 'Check the histogram where it is recorded.',
        snippet: null,
        gain: 'Latency objectives become possible.',
      };
}
