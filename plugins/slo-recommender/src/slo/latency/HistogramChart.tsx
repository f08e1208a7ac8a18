import { Bar, usePlotArea, XAxis } from 'recharts';
import { Plot, ValueAxis } from '../../charts';
import { formatLatencyInterval, formatSeconds, formatShare } from '../../words';
import {
  axisToLatency,
  type LatencyAxis,
  latencyToAxis,
  type PlacedBucket,
} from './latencyAxis';

/** What the frontier and the histogram below it share, so that their thresholds stand one above the other. */
export const MARGIN = { top: 12, right: 12 };

const GAP = 1;

/** One bucket, as wide as it is on the axis. */
function BucketBar(props: {
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

export const TICKS_HEIGHT = 28;

/** Share of the requests in each bucket, on the axis of the frontier above. */
export function HistogramChart(props: { axis: LatencyAxis }) {
  const { axis } = props;
  const buckets = axis.buckets.map(bucket => ({
    ...bucket,
    middle: (bucket.from + bucket.to) / 2,
    percent: bucket.share * 100,
  }));
  return (
    <Plot
      height={170}
      label="Share of requests by latency"
      data={buckets}
      margin={MARGIN}
      grid="none"
      cursor={false}
      describe={place => {
        const bucket = buckets.find(({ middle }) => middle === place);
        return (
          bucket && {
            title: formatLatencyInterval(bucket),
            lines: [`${formatShare(bucket.share)} of the requests`],
          }
        );
      }}
    >
      <XAxis
        dataKey="middle"
        type="number"
        domain={axis.domain}
        height={TICKS_HEIGHT}
        ticks={axis.boundaries.map(latencyToAxis)}
        tickFormatter={place => formatSeconds(axisToLatency(place))}
        interval="preserveStart"
        minTickGap={8}
        tickMargin={8}
      />
      <ValueAxis
        tickCount={3}
        domain={[0, 'auto']}
        tickFormatter={value => `${value}\u00a0%`}
      />
      <Bar
        dataKey="percent"
        isAnimationActive={false}
        shape={bar => (
          <BucketBar
            axis={axis}
            bucket={axis.buckets[bar.index]}
            y={bar.y}
            height={bar.height}
          />
        )}
      />
    </Plot>
  );
}
