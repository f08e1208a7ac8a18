import type { FrontierPoint } from 'backstage-plugin-slo-recommender-common';
import { usePlotArea, useXAxisScale, useYAxisScale, XAxis } from 'recharts';
import { Curve, type LegendEntry, Plot, RatioAxis } from '../../charts';
import { ratioToAxis } from '../../charts/ratioScale';
import {
  formatProbability,
  formatProbabilityInWords,
  formatRatio,
  formatSeconds,
} from '../../words';
import { MARGIN } from './HistogramChart';
import { apart, LABEL_HEIGHT, LABEL_OFFSET, LABEL_WIDTH } from './labelPlaces';
import { type LatencyAxis, latencyToAxis } from './latencyAxis';

/** Objective and probability below the points of the frontier, where there is room for them. Lies inside its chart. */
function FrontierLabels(props: {
  frontier: FrontierPoint[];
  /** Thresholds in seconds at which lines stand that are named above the plot. */
  lines: number[];
}) {
  const plot = usePlotArea();
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  if (!plot || !xScale || !yScale) return null;
  const labels = props.frontier.flatMap(point => {
    const { thresholdSeconds, objective, attainment, recommended } = point;
    // the recommended one is named above the plot
    if (recommended || objective === null || attainment === null) return [];
    const x = xScale(latencyToAxis(thresholdSeconds));
    const y = yScale(ratioToAxis(objective));
    if (x === undefined || y === undefined) return [];
    return [
      {
        key: thresholdSeconds,
        x: x + LABEL_OFFSET,
        y: y + LABEL_OFFSET,
        objective: formatRatio(objective),
        kept: `kept ${formatProbability(attainment)}`,
      },
    ];
  });
  const lines = props.lines
    .map(seconds => xScale(latencyToAxis(seconds)))
    .filter(line => line !== undefined);
  const fitting = labels.filter(
    ({ x }) => x + LABEL_WIDTH <= plot.x + plot.width,
  );
  return (
    <g fontSize="12" fill="var(--bui-fg-primary)">
      {apart(fitting, lines).map(({ key, x, y, objective, kept }) => (
        <text key={key} y={y + 10}>
          <tspan x={x} fontWeight="bold">
            {objective}
          </tspan>
          <tspan x={x} dy="13" fontSize="11">
            {kept}
          </tspan>
        </text>
      ))}
    </g>
  );
}

/** Keeps the two vertical axes apart, which have scales of their own. */
const GAP = 28;
const objectives = {
  name: 'objective kept with at least 90\u00a0%',
  color: 'var(--chart-series)',
};
const achievements = {
  name: 'achieved',
  color: 'var(--chart-guide)',
  dash: '2 4',
};

/** What the lines of the frontier are. */
export function frontierLegend(frontier: FrontierPoint[]): LegendEntry[] {
  return [
    ...(frontier.some(({ objective }) => objective !== null)
      ? [objectives]
      : []),
    ...(frontier.some(({ achieved }) => achieved !== null)
      ? [achievements]
      : []),
  ];
}

/** A threshold in words. */
function describeThreshold(point: FrontierPoint): string[] {
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
  return (
    <Plot
      height={236}
      label="Share of requests that can be promised to be faster than each threshold"
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
      describe={place => {
        const point = frontier.find(
          ({ thresholdSeconds }) => latencyToAxis(thresholdSeconds) === place,
        );
        return (
          point && {
            title: `Faster than ${formatSeconds(point.thresholdSeconds)}`,
            lines: describeThreshold(point),
          }
        );
      }}
    >
      <XAxis dataKey="place" type="number" domain={axis.domain} hide />
      <RatioAxis
        ratios={shown
          .flatMap(({ objective, achieved }) => [objective, achieved])
          .filter(ratio => ratio !== null)}
        padding={{ top: 8, bottom: LABEL_HEIGHT + LABEL_OFFSET }}
      />
      <Curve
        entry={achievements}
        dataKey="achieved"
        strokeWidth={1.5}
        activeDot
      />
      <Curve
        entry={objectives}
        dataKey="objective"
        dot={{ r: 4, fill: objectives.color }}
        activeDot={{ r: 6, fill: objectives.color }}
        connectNulls
      />
      <FrontierLabels frontier={frontier} lines={lines} />
    </Plot>
  );
}
