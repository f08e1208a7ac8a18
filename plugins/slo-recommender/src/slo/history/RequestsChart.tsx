import type { HistoryPoint } from 'backstage-plugin-slo-recommender-common';
import { Bar, ComposedChart, XAxis, YAxis } from 'recharts';
import { ChartFrame } from '../../charts';
import { formatCompactCount } from '../../words';
import { AXIS_WIDTH, MARGIN, SYNC_ID } from './place';

const HEIGHT = 88;

/** Requests of each day, below the rolling window and in step with it. */
export function RequestsChart(props: { history: HistoryPoint[] }) {
  return (
    <ChartFrame
      height={HEIGHT}
      legend={[
        {
          name: 'requests of the day',
          color: 'var(--chart-guide)',
          shape: 'bar',
        },
      ]}
    >
      <ComposedChart
        data={props.history}
        margin={MARGIN}
        syncId={SYNC_ID}
        accessibilityLayer={false}
      >
        <XAxis dataKey="day" scale="band" hide />
        <YAxis
          width={AXIS_WIDTH}
          tickCount={3}
          tickFormatter={formatCompactCount}
          axisLine={false}
          tickLine={false}
        />
        <Bar
          dataKey="requests"
          fill="var(--chart-guide)"
          fillOpacity={0.7}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ChartFrame>
  );
}
