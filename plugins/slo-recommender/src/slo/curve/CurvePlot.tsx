import type { CurvePoint } from 'backstage-plugin-slo-recommender-common';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartFrame, type LegendEntry, type PlotInsets } from '../../charts';
import { axisToRatio, ratioToAxis } from '../../charts/ratioScale';
import { formatRatio } from '../../words';

const HEIGHT = 268;

/** Room that the axes take around the plot. */
export const CURVE_INSETS: PlotInsets = {
  top: 12,
  right: 8,
  bottom: 28,
  left: 48,
};

const SERIES = 'var(--chart-series)';

const legend = (hasBand: boolean, hasUnsupported: boolean): LegendEntry[] => [
  { name: 'probability of keeping it', color: SERIES },
  ...(hasBand
    ? [
        {
          name: 'where that lies with 90\u00a0% certainty',
          color: SERIES,
          shape: 'band' as const,
        },
      ]
    : []),
  { name: 'rung of the ladder', color: SERIES, shape: 'circle' },
  ...(hasUnsupported
    ? [
        {
          name: 'rung with too few requests seen to offer it',
          color: SERIES,
          shape: 'ring' as const,
        },
      ]
    : []),
];

/** What the signs of the curve mean. */
export function curveLegend(curve: CurvePoint[]): LegendEntry[] {
  return legend(
    curve.some(point => point.attainmentInterval !== null),
    curve.some(point => point.rung && !point.supported),
  );
}

/** The curve alone, for the eye. */
export function CurvePlot(props: {
  curve: CurvePoint[];
  /** Ends of the horizontal axis, in decades of unavailability. */
  domain: [number, number];
}) {
  const { curve, domain } = props;
  return (
    <ChartFrame height={HEIGHT}>
      <ComposedChart
        data={curve.map(({ objective, attainment, attainmentInterval }) => ({
          place: ratioToAxis(objective),
          attainment: attainment * 100,
          band: attainmentInterval
            ? [attainmentInterval.from * 100, attainmentInterval.to * 100]
            : null,
        }))}
        margin={{
          top: CURVE_INSETS.top,
          right: CURVE_INSETS.right,
          bottom: 0,
          left: 0,
        }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} />
        <XAxis
          dataKey="place"
          type="number"
          domain={domain}
          ticks={curve
            .filter(point => point.rung)
            .map(point => ratioToAxis(point.objective))}
          tickFormatter={place =>
            formatRatio(axisToRatio(place)).replace(/\s%$/, '')
          }
          height={CURVE_INSETS.bottom}
          tickLine={false}
          tickMargin={8}
          interval="preserveStart"
          minTickGap={6}
        />
        <YAxis
          width={CURVE_INSETS.left}
          domain={[0, 100]}
          ticks={[0, 25, 50, 75, 90, 100]}
          interval={0}
          tickFormatter={value => `${value}\u00a0%`}
          axisLine={false}
          tickLine={false}
        />
        <Area
          dataKey="band"
          stroke="none"
          fill={SERIES}
          fillOpacity={0.18}
          isAnimationActive={false}
          activeDot={false}
        />
        <Line
          dataKey="attainment"
          stroke={SERIES}
          strokeWidth={2.5}
          isAnimationActive={false}
          dot={({ key, cx, cy, index }) =>
            curve[index].rung ? (
              <circle
                key={key}
                cx={cx}
                cy={cy}
                r={4}
                stroke={SERIES}
                strokeWidth={2}
                fill={
                  curve[index].supported ? SERIES : 'var(--bui-bg-neutral-1)'
                }
              />
            ) : (
              <g key={key} />
            )
          }
        />
      </ComposedChart>
    </ChartFrame>
  );
}
