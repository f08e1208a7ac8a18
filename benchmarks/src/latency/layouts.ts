/** Where histograms have their boundaries, in seconds. */
export interface BucketLayout {
  name: string;
  boundsSeconds: Float64Array;
  /** The error that was promised, as a share; undefined where none was. */
  target?: number;
}

export const LAYOUTS: readonly BucketLayout[] = [
  {
    name: 'native, 9 % apart',
    boundsSeconds: Float64Array.from(
      { length: 193 },
      (_, i) => 2 ** (i / 8 - 12),
    ),
    target: 0.05,
  },
  {
    name: 'OpenTelemetry default',
    boundsSeconds: Float64Array.of(
      0.005,
      0.01,
      0.025,
      0.05,
      0.075,
      0.1,
      0.25,
      0.5,
      0.75,
      1,
      2.5,
      5,
      7.5,
      10,
    ),
    target: 0.12,
  },
  {
    name: 'Tempo, from 100 ms, doubling',
    boundsSeconds: Float64Array.from({ length: 8 }, (_, i) => 0.1 * 2 ** i),
  },
];

/** Counts the latencies by bucket. */
export function countByBucket(
  { boundsSeconds }: BucketLayout,
  seconds: Float64Array,
): Float64Array {
  const counts = new Float64Array(boundsSeconds.length + 1);
  for (const latency of seconds) {
    let low = 0;
    let high = boundsSeconds.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (boundsSeconds[middle] < latency) low = middle + 1;
      else high = middle;
    }
    counts[low]++;
  }
  return counts;
}
