import {
  Bar,
  CartesianGrid,
  ComposedChart,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartFrame, TooltipBox } from '../charts';
import { formatRatio } from '../words';
import { tenths } from './pitShape';

const HEIGHT = 284;
const AXIS_WIDTH = 56;
/** The axis goes at least this high, so that small differences look small. */
const LEAST_TOP = 0.2;
const TICK_STEPS = [0.05, 0.1, 0.2];
const MOST_TICKS = 6;

/** Round shares to write beside the axis, from 0 to no less than the highest. */
function ticksFor(highest: number): number[] {
  const top = Math.max(LEAST_TOP, highest);
  const step =
    TICK_STEPS.find(candidate => top / candidate <= MOST_TICKS - 1) ?? 0.2;
  // the nudge keeps 0.3 / 0.05 at 6
  const steps = Math.ceil(top / step - 1e-9);
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}

const BAR = 'var(--chart-series)';
const EXPECTED = 'var(--chart-guide)';
const EXPECTED_DASH = '6 4';

/** The PIT histogram. */
export default function SpreadChart(props: { histogram: number[] }) {
  const bars = tenths(props.histogram);
  const expected = 1 / bars.length;
  const ticks = ticksFor(Math.max(...props.histogram));
  return (
    <ChartFrame
      height={HEIGHT}
      legend={[
        { name: 'windows', color: BAR, shape: 'bar' },
        {
          name: `expected, ${formatRatio(expected)}`,
          color: EXPECTED,
          dash: EXPECTED_DASH,
        },
      ]}
    >
      <ComposedChart
        data={bars}
        margin={{ top: 12, right: 8, bottom: 20, left: 0 }}
        aria-label="Share of windows in each tenth of the predicted distribution"
      >
        <CartesianGrid vertical={false} />
        <XAxis
          dataKey="number"
          tickLine={false}
          tickMargin={8}
          minTickGap={4}
          label={{
            value: 'from fewest to most failures',
            position: 'insideBottom',
            offset: -16,
            fill: 'var(--chart-guide)',
          }}
        />
        <YAxis
          width={AXIS_WIDTH}
          domain={[0, ticks[ticks.length - 1]]}
          ticks={ticks}
          tickFormatter={formatRatio}
          axisLine={false}
          tickLine={false}
        />
        <Bar
          dataKey="share"
          fill={BAR}
          fillOpacity={0.85}
          isAnimationActive={false}
        />
        <ReferenceLine
          y={expected}
          stroke={EXPECTED}
          strokeWidth={2}
          strokeDasharray={EXPECTED_DASH}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--chart-guide)', fillOpacity: 0.15 }}
          content={({ active, label }) => {
            const bar = bars.find(({ number }) => number === label);
            return active && bar ? (
              <TooltipBox
                title={`${bar.name} of the prediction`}
                lines={[`${formatRatio(bar.share)} of the windows`]}
              />
            ) : null;
          }}
        />
      </ComposedChart>
    </ChartFrame>
  );
}
