import type { MonthlyPromise } from 'backstage-plugin-slo-recommender-common';
import type { Key } from 'react';
import { XAxis } from 'recharts';
import { Curve, type Marker, MarkerShape, Plot, RatioAxis } from '../charts';
import { ratioToAxis } from '../charts/ratioScale';
import { formatMonth, formatQuantity, formatRatio } from '../words';

const achieved = {
  name: 'achieved, median',
  color: 'var(--chart-series)',
  shape: 'circle',
} as const;
const recommended = {
  name: 'recommended, median',
  color: 'var(--chart-recommended)',
  dash: '8 4',
  shape: 'diamond',
} as const;

/** Draws the points of a line with a shape of its own, which tells it apart without its colour. */
const marked =
  ({ shape, color }: { shape: Marker; color: string }) =>
  ({ key, cx, cy }: { key?: Key | null; cx?: number; cy?: number }) => (
    <g key={key} transform={`translate(${cx} ${cy})`}>
      <MarkerShape marker={shape} color={color} />
    </g>
  );

/** Medians of what would have been recommended and of what was achieved, by month. */
export default function MonthsChart(props: { months: MonthlyPromise[] }) {
  const { months } = props;
  return (
    <Plot
      height={240}
      legend={[achieved, recommended]}
      label="Recommended and achieved, medians by month"
      data={months.map(month => ({
        month: month.month,
        recommended: ratioToAxis(month.recommended),
        achieved: ratioToAxis(month.achieved),
      }))}
      margin={{ top: 8, right: 16 }}
      describe={place => {
        const point = months.find(({ month }) => month === place);
        return (
          point && {
            title: formatMonth(point.month),
            lines: [
              `Achieved: ${formatRatio(point.achieved)}`,
              `Recommended: ${formatRatio(point.recommended)}`,
              `${formatRatio(point.keptShare)} of ${formatQuantity(
                point.windows,
                'window',
              )} kept it`,
            ],
          }
        );
      }}
    >
      <XAxis
        dataKey="month"
        tickFormatter={formatMonth}
        tickLine={false}
        tickMargin={8}
        minTickGap={16}
        padding={{ left: 24, right: 24 }}
      />
      <RatioAxis
        ratios={months.flatMap(month => [month.recommended, month.achieved])}
      />
      <Curve
        entry={recommended}
        dataKey="recommended"
        strokeWidth={2}
        dot={marked(recommended)}
      />
      <Curve entry={achieved} dataKey="achieved" dot={marked(achieved)} />
    </Plot>
  );
}
