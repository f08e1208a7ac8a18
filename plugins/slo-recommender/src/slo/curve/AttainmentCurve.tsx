import type {
  CurvePoint,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { Area, XAxis } from 'recharts';
import {
  Curve,
  Legend,
  type LegendEntry,
  MarkedPlot,
  Plot,
  type PlotInsets,
  ValueAxis,
} from '../../charts';
import chartStyles from '../../charts/Chart.module.css';
import { axisToRatio, ratioToAxis } from '../../charts/ratioScale';
import { formatRatio } from '../../words';
import { CurveHandle } from './CurveHandle';
import { ladderAxis } from './ladder';
import { ladderMarks } from './marks';
import type { CurveReading } from './reading';

/** Room that the axes take around the plot. */
const CURVE_INSETS: PlotInsets = {
  top: 12,
  right: 8,
  bottom: 28,
  left: 48,
};

const SERIES = 'var(--chart-series)';

/** What the signs of the curve mean. */
function curveLegend(curve: CurvePoint[]): LegendEntry[] {
  const entries: (LegendEntry | false)[] = [
    { name: 'probability of keeping it', color: SERIES },
    curve.some(point => point.attainmentInterval !== null) && {
      name: 'where that lies with 90\u00a0% certainty',
      color: SERIES,
      shape: 'band',
    },
    { name: 'rung of the ladder', color: SERIES, shape: 'circle' },
    curve.some(point => point.rung && !point.supported) && {
      name: 'rung with too few requests seen to offer it',
      color: SERIES,
      shape: 'ring',
    },
  ];
  return entries.filter(entry => entry !== false);
}

/** The curve alone, for the eye. */
function CurvePlot(props: {
  curve: CurvePoint[];
  /** Ends of the horizontal axis, in decades of unavailability. */
  domain: [number, number];
}) {
  const { curve, domain } = props;
  return (
    <Plot
      height={268}
      data={curve.map(({ objective, attainment, attainmentInterval }) => ({
        place: ratioToAxis(objective),
        attainment: attainment * 100,
        band: attainmentInterval
          ? [attainmentInterval.from * 100, attainmentInterval.to * 100]
          : null,
      }))}
      margin={{ top: CURVE_INSETS.top, right: CURVE_INSETS.right }}
    >
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
      <ValueAxis
        width={CURVE_INSETS.left}
        domain={[0, 100]}
        ticks={[0, 25, 50, 75, 90, 100]}
        tickFormatter={value => `${value}\u00a0%`}
      />
      <Area
        dataKey="band"
        stroke="none"
        fill={SERIES}
        fillOpacity={0.18}
        isAnimationActive={false}
        activeDot={false}
      />
      <Curve
        entry={{ color: SERIES }}
        dataKey="attainment"
        activeDot
        dot={({ key, cx, cy, index }) =>
          curve[index].rung ? (
            <circle
              key={key}
              cx={cx}
              cy={cy}
              r={4}
              stroke={SERIES}
              strokeWidth={2}
              fill={curve[index].supported ? SERIES : 'var(--bui-bg-neutral-1)'}
            />
          ) : (
            <g key={key} />
          )
        }
      />
    </Plot>
  );
}

/** Probability of keeping each objective, with tiers and promise marked and a handle to pick any. */
export default function AttainmentCurve(props: {
  recommendation: Recommendation;
  reading: CurveReading;
  onPick: (objective: number) => void;
}) {
  const { recommendation, reading, onPick } = props;
  const { curve } = recommendation;
  const axis = ladderAxis(curve);
  return (
    <div className={chartStyles.chart}>
      <Legend entries={curveLegend(curve)} />
      <MarkedPlot
        label="Marked objectives"
        insets={CURVE_INSETS}
        marks={ladderMarks(recommendation).map(mark => ({
          key: String(mark.objective),
          share: axis.shareOf(mark.objective),
          look: mark.look,
          label: `${formatRatio(mark.objective)} ${mark.names.join(', ')}`,
        }))}
        overlay={
          <CurveHandle curve={curve} reading={reading} onPick={onPick} />
        }
      >
        <div aria-hidden="true">
          <CurvePlot curve={curve} domain={axis.domain} />
        </div>
      </MarkedPlot>
    </div>
  );
}
