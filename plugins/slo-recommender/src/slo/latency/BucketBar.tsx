import { usePlotArea } from 'recharts';
import type { LatencyAxis, PlacedBucket } from './latencyAxis';

const GAP = 1;

/** One bucket, as wide as it is on the axis. */
export function BucketBar(props: {
  axis: LatencyAxis;
  bucket: PlacedBucket;
  /** Top and height, in pixels. */
  y: number;
  height: number;
}) {
  const { axis, bucket, y, height } = props;
  const plot = usePlotArea();
  if (!plot) return null;
  const [low, high] = axis.domain;
  const pixels = (place: number) =>
    plot.x + ((place - low) / (high - low)) * plot.width;
  return (
    <rect
      x={pixels(bucket.from) + GAP}
      width={Math.max(1, pixels(bucket.to) - pixels(bucket.from) - 2 * GAP)}
      y={y}
      height={height}
      rx={2}
      fill="var(--chart-guide)"
      fillOpacity={0.7}
    />
  );
}
