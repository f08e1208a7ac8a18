import { Bar, ReferenceLine, XAxis } from 'recharts';
import { Plot, ValueAxis } from '../charts';
import { formatRatio } from '../words';
import { tenths } from './pitShape';

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
    <Plot
      height={284}
      legend={[
        { name: 'windows', color: BAR, shape: 'bar' },
        {
          name: `expected, ${formatRatio(expected)}`,
          color: EXPECTED,
          dash: EXPECTED_DASH,
        },
      ]}
      label="Share of windows in each tenth of the predicted distribution"
      data={bars}
      margin={{ top: 12, right: 8, bottom: 20 }}
      cursor={{ fill: EXPECTED, fillOpacity: 0.15 }}
      describe={place => {
        const bar = bars.find(({ number }) => number === place);
        return (
          bar && {
            title: `${bar.name} of the prediction`,
            lines: [`${formatRatio(bar.share)} of the windows`],
          }
        );
      }}
    >
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
      <ValueAxis
        width={56}
        domain={[0, ticks[ticks.length - 1]]}
        ticks={ticks}
        tickFormatter={formatRatio}
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
    </Plot>
  );
}
