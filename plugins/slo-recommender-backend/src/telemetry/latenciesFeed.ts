import {
  LONGEST_BOUND_SECONDS,
  SHORTEST_BOUND_SECONDS,
} from 'backstage-plugin-slo-recommender-engine';
import {
  type DataQualityFinding,
  type HourlyLatencies,
  type HourRange,
  mergedBuckets,
  type TelemetrySource,
} from 'backstage-plugin-slo-recommender-node';
import { inBatches } from '../kernel/database/database';
import { HOUR_MS } from '../kernel/time/hours';
import type { DataQualityStore } from './DataQualityStore';
import {
  isPlausibleHistogram,
  LATENCY_HISTOGRAMS,
} from './history/histogramsCodec';
import type { HourlyFeed } from './HourlySync';

/** Hours of services that are asked for at once: 5 MB in 20 buckets. */
const SERVICE_HOURS_PER_CHUNK = 30_000;

const hoursOf = ({ from, to }: HourRange) =>
  (to.getTime() - from.getTime()) / HOUR_MS;

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
  let isKnown = false;
  for (let hour = 0; hour < hours; hour++) {
    const ofHour = Float64Array.from(counts, bucket => bucket[hour]);
    if (isPlausibleHistogram(ofHour)) return undefined;
    isKnown ||= !ofHour.every(Number.isNaN);
  }
  return isKnown
    ? 'its counts cannot be: they are negative, infinite or beyond 2^53'
    : undefined;
}

/** The finding about latencies that cannot be used; undefined if they can. */
function unusableHistogram(
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

/** The same latencies, with buckets whose boundaries are beyond reason, such as the largest double, made one with the next. */
function withinReason(latencies: HourlyLatencies): HourlyLatencies {
  const { boundsSeconds, counts, evidence } = latencies;
  const kept = boundsSeconds.filter(
    bound =>
      bound === 0 ||
      (bound >= SHORTEST_BOUND_SECONDS && bound <= LONGEST_BOUND_SECONDS),
  );
  if (kept.length === boundsSeconds.length) return latencies;
  const merged = mergedBuckets(boundsSeconds, kept);
  const sums = Array.from(
    { length: kept.length + 1 },
    () => new Float64Array(counts[0].length),
  );
  counts.forEach((bucket, index) => {
    const sum = sums[merged[index]];
    bucket.forEach((count, hour) => {
      sum[hour] += count;
    });
  });
  return { boundsSeconds: kept, counts: sums, evidence };
}

/** Latencies of a datasource; undefined if it measures none. */
export function latenciesFeed(
  source: TelemetrySource,
  { dataQuality, now }: { dataQuality: DataQualityStore; now: () => Date },
): HourlyFeed<HourlyLatencies> | undefined {
  if (!source.fetchHourlyLatencies) return undefined;
  const fetchHourlyLatencies = source.fetchHourlyLatencies.bind(source);

  /** Adds to what the counts of the same hours gave rise to; each once. */
  async function addFindings(
    findings: ReadonlyMap<string, DataQualityFinding[]>,
    sourceKeys: Map<string, string>,
  ): Promise<void> {
    if (findings.size === 0) return;
    const known = await dataQuality.read([...findings.keys()]);
    await dataQuality.write(
      [...findings].map(([entityRef, found]) => {
        const sourceKey = sourceKeys.get(entityRef) ?? '';
        const record = known.get(entityRef);
        const earlier = record?.sourceKey === sourceKey ? record : undefined;
        const before = (earlier?.findings ?? []).filter(
          ({ code }) => !found.some(finding => finding.code === code),
        );
        return {
          entityRef,
          sourceKey,
          failureDefinition: earlier?.failureDefinition ?? null,
          findings: [...before, ...found],
        };
      }),
      now(),
    );
  }

  return {
    id: source.id,
    selection: source.selection,
    series: LATENCY_HISTOGRAMS,

    group: async (services, range) =>
      inBatches(
        // those of which the same series count are asked for together
        [
          ...Map.groupBy(services, ({ matchers }) =>
            JSON.stringify(matchers),
          ).values(),
        ].flat(),
        Math.max(1, Math.floor(SERVICE_HOURS_PER_CHUNK / hoursOf(range))),
      ),

    async fetch(services, { range }, sourceKeys, options) {
      const answer = await fetchHourlyLatencies(services, range, options);
      const values = new Map(answer.latencies);
      const findings = new Map(answer.findings);
      for (const [entityRef, latencies] of values) {
        const finding = unusableHistogram(latencies, hoursOf(range));
        if (finding) {
          values.delete(entityRef);
          findings.set(entityRef, [
            ...(findings.get(entityRef) ?? []),
            finding,
          ]);
        } else {
          values.set(entityRef, withinReason(latencies));
        }
      }
      return {
        values,
        warnings: answer.warnings,
        storeFindings: () => addFindings(findings, sourceKeys),
      };
    },
  };
}
