import type { ReliabilityBin } from 'backstage-plugin-slo-recommender-common';
import { ErrorBar, ReferenceLine, XAxis } from 'recharts';
import { Curve, Plot, ValueAxis } from '../charts';
import { formatQuantity, formatRatio } from '../words';

const TICKS = [0, 0.25, 0.5, 0.75, 1];
const SMALLEST_DOT = 3;
const LARGEST_DOT = 9;

const point = {
  name: 'came true; the larger, the more predictions',
  color: 'var(--chart-series)',
  shape: 'circle',
} as const;
const diagonal = {
  name: 'as predicted',
  color: 'var(--chart-guide)',
  dash: '6 4',
};

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
    <Plot
      height={320}
      legend={[
        point,
        { name: '90\u00a0% interval', color: point.color },
        diagonal,
      ]}
      label="Share of predictions that came true, by predicted probability"
      data={bins}
      margin={{ top: 12, right: 16, bottom: 20 }}
      grid="both"
      describe={place => {
        const bin = bins.find(({ predicted }) => predicted === place);
        return (
          bin && {
            title: `Predicted ${formatRatio(bin.predicted)}`,
            lines: describeBin(bin),
          }
        );
      }}
    >
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
      <ValueAxis
        width={56}
        domain={[0, 1]}
        ticks={TICKS}
        tickFormatter={formatRatio}
      />
      <ReferenceLine
        segment={[
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ]}
        stroke={diagonal.color}
        strokeWidth={1.5}
        strokeDasharray={diagonal.dash}
      />
      <Curve
        entry={point}
        dataKey="observed"
        stroke="none"
        dot={({ key, cx, cy, index }) => (
          <circle
            key={key}
            cx={cx}
            cy={cy}
            r={radius(bins[index])}
            fill={point.color}
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
          stroke={point.color}
          isAnimationActive={false}
        />
      </Curve>
    </Plot>
  );
}
