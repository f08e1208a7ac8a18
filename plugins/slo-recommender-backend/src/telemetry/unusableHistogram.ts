import type {
  DataQualityFinding,
  HourlyLatencies,
} from 'backstage-plugin-slo-recommender-node';

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
  return (
    other && `a bucket has ${other.length} hours where ${hours} were asked for`
  );
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
        fix: 'Check the boundaries of the histogram where it is recorded.',
        snippet: null,
        gain: 'Latency objectives become possible.',
      };
}
