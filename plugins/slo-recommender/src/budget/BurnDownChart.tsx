import type { ErrorBudgetResponse } from 'backstage-plugin-slo-recommender-common';
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartFrame, TooltipBox } from '../charts';
import { budgetTicks } from './budgetAxis';
import {
  formatCount,
  formatDay,
  formatHour,
  formatNearInstant,
  formatRemaining,
} from '../words';

const HEIGHT = 260;
const AXIS_WIDTH = 64;
const REMAINING = 'var(--chart-series)';
const EVEN = 'var(--chart-guide)';
const EVEN_DASH = '6 4';

const DAY_MS = 86_400_000;

/** Short windows are told hour by hour, others day by day. */
function isHourly(burnDown: ErrorBudgetResponse['burnDown']): boolean {
  const [first, second] = burnDown;
  return Boolean(
    second && Date.parse(second.at) - Date.parse(first.at) < DAY_MS,
  );
}

/** Budget left over the window, beside spending it evenly. */
export default function BurnDownChart(props: {
  burnDown: ErrorBudgetResponse['burnDown'];
}) {
  const { burnDown } = props;
  const last = burnDown.length - 1;
  const points = burnDown.map(({ at, remaining }, index) => ({
    at,
    left: remaining === null ? null : remaining * 100,
    even: last > 0 ? (1 - index / last) * 100 : 100,
  }));
  const ticks = budgetTicks(burnDown.map(point => point.remaining));
  return (
    <ChartFrame
      height={HEIGHT}
      legend={[
        { name: 'budget left', color: REMAINING },
        { name: 'spent evenly', color: EVEN, dash: EVEN_DASH },
      ]}
    >
      <ComposedChart
        data={points}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        aria-label="Budget left over the window"
      >
        <CartesianGrid vertical={false} />
        <XAxis
          dataKey="at"
          tickFormatter={isHourly(burnDown) ? formatHour : formatDay}
          tickLine={false}
          minTickGap={48}
          tickMargin={8}
        />
        <YAxis
          width={AXIS_WIDTH}
          domain={[ticks[0], 100]}
          ticks={ticks}
          interval={0}
          tickFormatter={value => `${formatCount(value)} %`}
          axisLine={false}
          tickLine={false}
        />
        {ticks[0] < 0 && (
          <ReferenceLine y={0} stroke="var(--chart-failed)" strokeWidth={2} />
        )}
        <Line
          dataKey="even"
          stroke={EVEN}
          strokeWidth={1.5}
          strokeDasharray={EVEN_DASH}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
        <Line
          dataKey="left"
          stroke={REMAINING}
          strokeWidth={2.5}
          dot={false}
          activeDot={{ r: 5, fill: REMAINING }}
          isAnimationActive={false}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--chart-guide)', strokeDasharray: '3 3' }}
          content={({ active, label }) => {
            const point = burnDown.find(({ at }) => at === label);
            return active && point ? (
              <TooltipBox
                title={formatNearInstant(point.at)}
                lines={[
                  point.remaining === null
                    ? 'Budget left: unknown'
                    : `Budget: ${formatRemaining(point.remaining)}`,
                ]}
              />
            ) : null;
          }}
        />
      </ComposedChart>
    </ChartFrame>
  );
}
