import type { MonthlyPromise } from 'backstage-plugin-slo-recommender-common';
import type { Key } from 'react';
import {
  CartesianGrid,
  ComposedChart,
  Line,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartFrame, type Marker, MarkerShape, TooltipBox } from '../charts';
import { axisToRatio, ratioAxis, ratioToAxis } from '../charts/ratioScale';
import { formatMonth, formatQuantity, formatRatio } from '../words';

const HEIGHT = 240;
const AXIS_WIDTH = 64;

const ACHIEVED = 'var(--chart-series)';
const RECOMMENDED = 'var(--chart-recommended)';
const RECOMMENDED_DASH = '8 4';

/** Draws the points of a line with a shape of its own, which tells it apart without its colour. */
const marked =
  (marker: Marker, color: string) =>
  ({ key, cx, cy }: { key?: Key | null; cx?: number; cy?: number }) => (
    <g key={key} transform={`translate(${cx} ${cy})`}>
      <MarkerShape marker={marker} color={color} />
    </g>
  );

/** Medians of what would have been recommended and of what was achieved, by month. */
export default function MonthsChart(props: { months: MonthlyPromise[] }) {
  const { months } = props;
  const axis = ratioAxis(
    months.flatMap(({ recommended, achieved }) => [recommended, achieved]),
  );
  return (
    <ChartFrame
      height={HEIGHT}
      legend={[
        { name: 'achieved, median', color: ACHIEVED, shape: 'circle' },
        {
          name: 'recommended, median',
          color: RECOMMENDED,
          shape: 'diamond',
        },
      ]}
    >
      <ComposedChart
        data={months.map(({ month, recommended, achieved }) => ({
          month,
          recommended: ratioToAxis(recommended),
          achieved: ratioToAxis(achieved),
        }))}
        margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
        aria-label="Recommended and achieved, medians by month"
      >
        <CartesianGrid vertical={false} />
        <XAxis
          dataKey="month"
          tickFormatter={formatMonth}
          tickLine={false}
          tickMargin={8}
          minTickGap={16}
          padding={{ left: 24, right: 24 }}
        />
        <YAxis
          width={AXIS_WIDTH}
          domain={axis.domain}
          ticks={axis.ticks.map(ratioToAxis)}
          tickFormatter={value => formatRatio(axisToRatio(value))}
          interval={0}
          axisLine={false}
          tickLine={false}
        />
        <Line
          dataKey="recommended"
          stroke={RECOMMENDED}
          strokeWidth={2}
          strokeDasharray={RECOMMENDED_DASH}
          dot={marked('diamond', RECOMMENDED)}
          activeDot={false}
          isAnimationActive={false}
        />
        <Line
          dataKey="achieved"
          stroke={ACHIEVED}
          strokeWidth={2.5}
          dot={marked('circle', ACHIEVED)}
          activeDot={false}
          isAnimationActive={false}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--chart-guide)', strokeDasharray: '3 3' }}
          content={({ active, label }) => {
            const point = months.find(({ month }) => month === label);
            return active && point ? (
              <TooltipBox
                title={formatMonth(point.month)}
                lines={[
                  `Achieved: ${formatRatio(point.achieved)}`,
                  `Recommended: ${formatRatio(point.recommended)}`,
                  `${formatRatio(point.keptShare)} of ${formatQuantity(
                    point.windows,
                    'window',
                  )} kept it`,
                ]}
              />
            ) : null;
          }}
        />
      </ComposedChart>
    </ChartFrame>
  );
}
