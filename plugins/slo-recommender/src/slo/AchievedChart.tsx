import {
  formatRatio,
  type HistoryPoint,
} from 'backstage-plugin-slo-recommender-common';
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartFrame, type LegendEntry, TooltipBox } from '../charts';
import styles from './AchievedChart.module.css';
import { axisToRatio, ratioAxis, ratioToAxis } from '../charts/ratioScale';
import {
  formatCompactCount,
  formatCount,
  formatDay,
  formatFullDay,
} from '../words';

const HEIGHT = 240;
const REQUESTS_HEIGHT = 88;
const AXIS_WIDTH = 64;
const SYNC_ID = 'achieved';

const ACHIEVED = 'var(--chart-series)';
const PROMISED = 'var(--chart-promised)';
const RECOMMENDED = 'var(--chart-recommended)';
const PROMISED_DASH = '2 4';
const RECOMMENDED_DASH = '8 4';

function describeDay(point: HistoryPoint, span: string): string[] {
  return [
    point.rollingRatio === null
      ? `Achieved over ${span}: unknown`
      : `Achieved over ${span}: ${formatRatio(point.rollingRatio)}`,
    point.requests === null || point.badRequests === null
      ? 'Requests of the day: unknown'
      : `Requests of the day: ${formatCount(
          point.requests,
        )}, ${formatCount(point.badRequests)} failed`,
  ];
}

function legend(
  promised: number | null,
  recommended: number | null,
): LegendEntry[] {
  return [
    { name: 'achieved', color: ACHIEVED },
    ...(recommended === null
      ? []
      : [
          {
            name: `recommended ${formatRatio(recommended)}`,
            color: RECOMMENDED,
            dash: RECOMMENDED_DASH,
          },
        ]),
    ...(promised === null
      ? []
      : [
          {
            name: `promised ${formatRatio(promised)}`,
            color: PROMISED,
            dash: PROMISED_DASH,
          },
        ]),
  ];
}

/** Availability over the rolling window, day by day, against what is promised and recommended; below, the requests. */
export default function AchievedChart(props: {
  history: HistoryPoint[];
  /** Fractions in [0, 1]. */
  promised: number | null;
  recommended: number | null;
  /** The objective window in words. */
  span: string;
}) {
  const { history, promised, recommended, span } = props;
  const days = history.map(point => ({
    ...point,
    place: point.rollingRatio === null ? null : ratioToAxis(point.rollingRatio),
  }));
  const axis = ratioAxis(
    [...history.map(point => point.rollingRatio), promised, recommended].filter(
      ratio => ratio !== null,
    ),
  );
  const margin = { top: 8, right: 8, bottom: 0, left: 0 };
  return (
    <div className={styles.stack}>
      <ChartFrame height={HEIGHT} legend={legend(promised, recommended)}>
        <ComposedChart
          data={days}
          margin={margin}
          syncId={SYNC_ID}
          aria-label={`Achieved availability over the rolling ${span}, by day`}
        >
          <CartesianGrid vertical={false} />
          <XAxis
            dataKey="day"
            tickFormatter={formatDay}
            tickLine={false}
            minTickGap={48}
            tickMargin={8}
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
          {recommended !== null && (
            <ReferenceLine
              y={ratioToAxis(recommended)}
              stroke={RECOMMENDED}
              strokeWidth={2}
              strokeDasharray={RECOMMENDED_DASH}
            />
          )}
          {promised !== null && (
            <ReferenceLine
              y={ratioToAxis(promised)}
              stroke={PROMISED}
              strokeWidth={2}
              strokeDasharray={PROMISED_DASH}
            />
          )}
          <Line
            dataKey="place"
            stroke={ACHIEVED}
            strokeWidth={2.5}
            dot={false}
            activeDot={{ r: 5, fill: ACHIEVED }}
            isAnimationActive={false}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--chart-guide)', strokeDasharray: '3 3' }}
            content={({ active, label }) => {
              const point = history.find(({ day }) => day === label);
              return active && point ? (
                <TooltipBox
                  title={formatFullDay(point.day)}
                  lines={describeDay(point, span)}
                />
              ) : null;
            }}
          />
        </ComposedChart>
      </ChartFrame>
      <ChartFrame
        height={REQUESTS_HEIGHT}
        legend={[
          {
            name: 'requests of the day',
            color: 'var(--chart-guide)',
            shape: 'bar',
          },
        ]}
      >
        <ComposedChart
          data={days}
          margin={margin}
          syncId={SYNC_ID}
          accessibilityLayer={false}
        >
          <XAxis dataKey="day" hide />
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
    </div>
  );
}
