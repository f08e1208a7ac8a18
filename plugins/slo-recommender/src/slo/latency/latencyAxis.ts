import type { LatencyProfile } from 'backstage-plugin-slo-recommender-common';

/** How much farther the axis goes than the last boundary, and than the first one towards 0, both of which have no place. */
const OPEN_END = 2;

/** A bucket with its ends as places on the axis. */
export interface PlacedBucket {
  fromSeconds: number;
  toSeconds: number | null;
  share: number;
  from: number;
  to: number;
}

/** Latencies on a logarithmic axis: places are decades of a second. */
export interface LatencyAxis {
  domain: [number, number];
  /** Boundaries to name, in seconds. */
  boundaries: number[];
  buckets: PlacedBucket[];
  shareOf(seconds: number): number;
}

export const latencyToAxis = (seconds: number) => Math.log10(seconds);
export const axisToLatency = (place: number) => 10 ** place;

/**
 * An axis that holds the buckets with requests and all thresholds.
 *
 * @returns null where no boundary is known
 */
export function latencyAxis(
  profile: Pick<LatencyProfile, 'histogram' | 'frontier'>,
): LatencyAxis | null {
  const thresholds = profile.frontier.map(point => point.thresholdSeconds);
  const used = profile.histogram.filter(({ share }) => share > 0);
  const boundaries = [
    ...new Set([
      ...used.flatMap(({ fromSeconds, toSeconds }) => [
        fromSeconds,
        toSeconds ?? 0,
      ]),
      ...thresholds,
    ]),
  ]
    .filter(seconds => seconds > 0)
    .sort((a, b) => a - b);
  if (boundaries.length === 0) return null;
  const first = boundaries[0];
  const last = boundaries[boundaries.length - 1];
  const low = latencyToAxis(first / OPEN_END);
  const high = latencyToAxis(
    used.some(({ toSeconds }) => toSeconds === null)
      ? last * OPEN_END
      : last * 1.1,
  );
  return {
    domain: [low, high],
    boundaries,
    buckets: used.map(bucket => ({
      ...bucket,
      from: bucket.fromSeconds > 0 ? latencyToAxis(bucket.fromSeconds) : low,
      to: bucket.toSeconds === null ? high : latencyToAxis(bucket.toSeconds),
    })),
    shareOf: seconds => (latencyToAxis(seconds) - low) / (high - low),
  };
}
