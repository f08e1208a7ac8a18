import type { ErrorBudgetResponse } from 'backstage-plugin-slo-recommender-common';
import { ReferenceLine, XAxis } from 'recharts';
import { Curve, type LegendEntry, Plot, ValueAxis } from '../charts';
import {
  formatCount,
  formatDay,
  formatHour,
  formatNearInstant,
  formatRemaining,
} from '../words';
import { budgetTicks } from './budgetAxis';

const left: LegendEntry = { name: 'budget left', color: 'var(--chart-series)' };
const even: LegendEntry = {
  name: 'spent evenly',
  color: 'var(--chart-guide)',
  dash: '6 4',
};

const DAY_MS = 86_400_000;

/** Short windows are drawn hour by hour, others day by day. */
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
  const ticks = budgetTicks(burnDown.map(point => point.remaining));
  return (
    <Plot
      height={260}
      legend={[left, even]}
      label="Budget left over the window"
      data={burnDown.map(({ at, remaining }, index) => ({
        at,
        left: remaining === null ? null : remaining * 100,
        even: last > 0 ? (1 - index / last) * 100 : 100,
      }))}
      margin={{ top: 8, right: 8 }}
      describe={place => {
        const point = burnDown.find(({ at }) => at === place);
        return (
          point && {
            title: formatNearInstant(point.at),
            lines: [
              point.remaining === null
                ? 'Budget left: unknown'
                : `Budget: ${formatRemaining(point.remaining)}`,
            ],
          }
        );
      }}
    >
      <XAxis
        dataKey="at"
        tickFormatter={isHourly(burnDown) ? formatHour : formatDay}
        tickLine={false}
        minTickGap={48}
        tickMargin={8}
      />
      <ValueAxis
        domain={[ticks[0], 100]}
        ticks={ticks}
        tickFormatter={value => `${formatCount(value)} %`}
      />
      {ticks[0] < 0 && (
        <ReferenceLine y={0} stroke="var(--chart-failed)" strokeWidth={2} />
      )}
      <Curve entry={even} dataKey="even" strokeWidth={1.5} />
      <Curve
        entry={left}
        dataKey="left"
        activeDot={{ r: 5, fill: left.color }}
      />
    </Plot>
  );
}
