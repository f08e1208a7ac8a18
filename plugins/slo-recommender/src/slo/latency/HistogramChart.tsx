import { Bar, ComposedChart, Tooltip, XAxis, YAxis } from 'recharts';
import { ChartFrame, TooltipBox } from '../../charts';
import { formatLatencyInterval, formatSeconds, formatShare } from '../../words';
import {
  axisToLatency,
  type LatencyAxis,
  latencyToAxis,
  type PlacedBucket,
} from './latencyAxis';
import { AXIS_WIDTH, MARGIN } from './place';
import { BucketBar } from './BucketBar';

const HEIGHT = 170;
export const TICKS_HEIGHT = 28;

/** Share of the requests in each bucket, on the axis of the frontier above. */
export function HistogramChart(props: { axis: LatencyAxis }) {
  const { axis } = props;
  const buckets = axis.buckets.map(bucket => ({
    ...bucket,
    middle: (bucket.from + bucket.to) / 2,
    percent: bucket.share * 100,
  }));
  const at = (label: unknown): PlacedBucket | undefined =>
    buckets.find(({ middle }) => middle === label);
  return (
    <ChartFrame height={HEIGHT}>
      <ComposedChart
        data={buckets}
        margin={MARGIN}
        aria-label="Share of requests by latency"
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
        <YAxis
          width={AXIS_WIDTH}
          tickCount={3}
          domain={[0, 'auto']}
          tickFormatter={value => `${value}\u00a0%`}
          axisLine={false}
          tickLine={false}
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
        <Tooltip
          isAnimationActive={false}
          cursor={false}
          content={({ active, label }) => {
            const bucket = at(label);
            return active && bucket ? (
              <TooltipBox
                title={formatLatencyInterval(bucket)}
                lines={[`${formatShare(bucket.share)} of the requests`]}
              />
            ) : null;
          }}
        />
      </ComposedChart>
    </ChartFrame>
  );
}
