import type { FrontierPoint } from 'backstage-plugin-slo-recommender-common';
import {
  CartesianGrid,
  ComposedChart,
  Line,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartFrame, type LegendEntry, TooltipBox } from '../../charts';
import { axisToRatio, ratioAxis, ratioToAxis } from '../../charts/ratioScale';
import {
  formatProbabilityInWords,
  formatRatio,
  formatSeconds,
} from '../../words';
import { FrontierLabels } from './FrontierLabels';
import { LABEL_HEIGHT, LABEL_OFFSET } from './labelPlaces';
import { type LatencyAxis, latencyToAxis } from './latencyAxis';
import { AXIS_WIDTH, MARGIN } from './place';

const HEIGHT = 236;
/** Keeps the two vertical axes apart, which have scales of their own. */
const GAP = 28;
const OBJECTIVE = 'var(--chart-series)';
const ACHIEVED = 'var(--chart-guide)';
const ACHIEVED_DASH = '2 4';

/** What the lines of the frontier are. */
export function frontierLegend(frontier: FrontierPoint[]): LegendEntry[] {
  return [
    ...(frontier.some(({ objective }) => objective !== null)
      ? [{ name: 'objective kept with at least 90\u00a0%', color: OBJECTIVE }]
      : []),
    ...(frontier.some(({ achieved }) => achieved !== null)
      ? [{ name: 'achieved', color: ACHIEVED, dash: ACHIEVED_DASH }]
      : []),
  ];
}

/** A threshold in words. */
export function describeThreshold(point: FrontierPoint): string[] {
  return [
    point.objective === null || point.attainment === null
      ? 'No objective is kept with 90\u00a0%'
      : `Objective ${formatRatio(point.objective)}, kept with ${formatProbabilityInWords(
          point.attainment,
        )} probability`,
    point.achieved === null
      ? 'What was achieved is not known'
      : `Achieved ${formatRatio(point.achieved)}`,
    ...(point.recommended ? ['Recommended'] : []),
  ];
}

/** For each threshold the share of requests that can be promised to be faster. */
export function FrontierChart(props: {
  frontier: FrontierPoint[];
  axis: LatencyAxis;
  /** Thresholds in seconds at which lines stand that are named above the plot. */
  lines: number[];
}) {
  const { frontier, axis, lines } = props;
  // thresholds that nothing can be promised for would squeeze the others; they are told of on hover and in the table
  const promisable = frontier.filter(({ objective }) => objective !== null);
  const shown = promisable.length > 0 ? promisable : frontier;
  const ratios = ratioAxis(
    shown
      .flatMap(({ objective, achieved }) => [objective, achieved])
      .filter(ratio => ratio !== null),
  );
  return (
    <ChartFrame height={HEIGHT}>
      <ComposedChart
        data={frontier.map(point => ({
          place: latencyToAxis(point.thresholdSeconds),
          objective:
            point.objective === null ? null : ratioToAxis(point.objective),
          achieved:
            point.achieved !== null && shown.includes(point)
              ? ratioToAxis(point.achieved)
              : null,
        }))}
        margin={{ ...MARGIN, bottom: GAP }}
        aria-label="Share of requests that can be promised to be faster than each threshold"
      >
        <CartesianGrid vertical={false} />
        <XAxis dataKey="place" type="number" domain={axis.domain} hide />
        <YAxis
          width={AXIS_WIDTH}
          domain={ratios.domain}
          ticks={ratios.ticks.map(ratioToAxis)}
          tickFormatter={value => formatRatio(axisToRatio(value))}
          padding={{ top: 8, bottom: LABEL_HEIGHT + LABEL_OFFSET }}
          interval={0}
          axisLine={false}
          tickLine={false}
        />
        <Line
          dataKey="achieved"
          stroke={ACHIEVED}
          strokeWidth={1.5}
          strokeDasharray={ACHIEVED_DASH}
          dot={false}
          isAnimationActive={false}
        />
        <Line
          dataKey="objective"
          stroke={OBJECTIVE}
          strokeWidth={2.5}
          dot={{ r: 4, fill: OBJECTIVE }}
          activeDot={{ r: 6, fill: OBJECTIVE }}
          connectNulls
          isAnimationActive={false}
        />
        <FrontierLabels frontier={frontier} lines={lines} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--chart-guide)', strokeDasharray: '3 3' }}
          content={({ active, label }) => {
            const point = frontier.find(
              ({ thresholdSeconds }) =>
                latencyToAxis(thresholdSeconds) === label,
            );
            return active && point ? (
              <TooltipBox
                title={`Faster than ${formatSeconds(point.thresholdSeconds)}`}
                lines={describeThreshold(point)}
              />
            ) : null;
          }}
        />
      </ComposedChart>
    </ChartFrame>
  );
}
