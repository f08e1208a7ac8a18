import type { FrontierPoint } from 'backstage-plugin-slo-recommender-common';
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { ratioToAxis } from '../../charts/ratioScale';
import { formatRatio, formatProbability } from '../../words';
import { latencyToAxis } from './latencyAxis';
import { apart, LABEL_OFFSET, LABEL_WIDTH } from './labelPlaces';

/** Objective and probability below the points of the frontier, where there is room for them. Lies inside its chart. */
export function FrontierLabels(props: {
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
