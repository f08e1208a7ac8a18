import type { ReliabilityBin } from 'backstage-plugin-slo-recommender-common';
import {
  CartesianGrid,
  ComposedChart,
  ErrorBar,
  Line,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartFrame, TooltipBox } from '../charts';
import { formatQuantity, formatRatio } from '../words';

const HEIGHT = 320;
const AXIS_WIDTH = 56;
const TICKS = [0, 0.25, 0.5, 0.75, 1];
const SMALLEST_DOT = 3;
const LARGEST_DOT = 9;

const POINT = 'var(--chart-series)';
const DIAGONAL = 'var(--chart-guide)';
const DIAGONAL_DASH = '6 4';

function describeBin(bin: ReliabilityBin): string[] {
  const { observed, interval, predictions } = bin;
  return [
    `${formatRatio(observed)} of ${formatQuantity(
      predictions,
      'prediction',
    )} came true`,
    `90\u00a0% certain between ${formatRatio(interval.from)} and ${formatRatio(
      interval.to,
    )}`,
  ];
}

/** The reliability diagram: predicted probability to the right, the share that came true upwards. */
export default function ReliabilityChart(props: { bins: ReliabilityBin[] }) {
  const { bins } = props;
  const most = Math.max(...bins.map(({ predictions }) => predictions));
  /** The area of a dot grows with the predictions. */
  const radius = ({ predictions }: ReliabilityBin) =>
    SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * Math.sqrt(predictions / most);
  return (
    <ChartFrame
      height={HEIGHT}
      legend={[
        {
          name: 'came true; the larger, the more predictions',
          color: POINT,
          shape: 'circle',
        },
        { name: '90\u00a0% interval', color: POINT },
        { name: 'as predicted', color: DIAGONAL, dash: DIAGONAL_DASH },
      ]}
    >
      <ComposedChart
        data={bins}
        margin={{ top: 12, right: 16, bottom: 20, left: 0 }}
        aria-label="Share of predictions that came true, by predicted probability"
      >
        <CartesianGrid />
        <XAxis
          dataKey="predicted"
          type="number"
          domain={[0, 1]}
          ticks={TICKS}
          tickFormatter={formatRatio}
          tickLine={false}
          tickMargin={8}
          label={{
            value: 'predicted',
            position: 'insideBottom',
            offset: -16,
            fill: 'var(--chart-guide)',
          }}
        />
        <YAxis
          width={AXIS_WIDTH}
          domain={[0, 1]}
          ticks={TICKS}
          tickFormatter={formatRatio}
          axisLine={false}
          tickLine={false}
        />
        <ReferenceLine
          segment={[
            { x: 0, y: 0 },
            { x: 1, y: 1 },
          ]}
          stroke={DIAGONAL}
          strokeWidth={1.5}
          strokeDasharray={DIAGONAL_DASH}
        />
        <Line
          dataKey="observed"
          stroke="none"
          isAnimationActive={false}
          activeDot={false}
          dot={({ key, cx, cy, index }) => (
            <circle
              key={key}
              cx={cx}
              cy={cy}
              r={radius(bins[index])}
              fill={POINT}
              fillOpacity={0.85}
            />
          )}
        >
          <ErrorBar
            dataKey={({ observed, interval }: ReliabilityBin) => [
              observed - interval.from,
              interval.to - observed,
            ]}
            width={6}
            strokeWidth={2}
            stroke={POINT}
            isAnimationActive={false}
          />
        </Line>
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--chart-guide)', strokeDasharray: '3 3' }}
          content={({ active, label }) => {
            const bin = bins.find(({ predicted }) => predicted === label);
            return active && bin ? (
              <TooltipBox
                title={`Predicted ${formatRatio(bin.predicted)}`}
                lines={describeBin(bin)}
              />
            ) : null;
          }}
        />
      </ComposedChart>
    </ChartFrame>
  );
}
