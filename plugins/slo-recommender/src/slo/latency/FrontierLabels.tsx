import {
  formatProbability,
  formatRatio,
  type FrontierPoint,
} from 'backstage-plugin-slo-recommender-common';
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { ratioToAxis } from '../../charts/ratioScale';
import { latencyToAxis } from './latencyAxis';

/** Room that a label takes to each side of its point, in pixels. */
const HALF_WIDTH = 30;

interface Label {
  key: number;
  x: number;
  y: number;
  objective: string;
  kept: string;
}

/** Those labels that touch neither each other nor a line, from the fastest threshold on. */
function apart(labels: Label[], lines: (number | undefined)[]): Label[] {
  const kept: Label[] = [];
  for (const label of labels) {
    const touchesLine = lines.some(
      line => line !== undefined && Math.abs(line - label.x) < HALF_WIDTH,
    );
    const touchesLabel = kept.some(
      other => Math.abs(other.x - label.x) < 2 * HALF_WIDTH,
    );
    if (!touchesLine && !touchesLabel) kept.push(label);
  }
  return kept;
}

/** Objective and probability over the points of the frontier, where there is room for them. Lies inside its chart. */
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
        x: Math.min(
          plot.x + plot.width - HALF_WIDTH,
          Math.max(plot.x + HALF_WIDTH, x),
        ),
        y,
        objective: formatRatio(objective),
        kept: `kept ${formatProbability(attainment)}`,
      },
    ];
  });
  const lines = props.lines.map(seconds => xScale(latencyToAxis(seconds)));
  return (
    <g
      textAnchor="middle"
      fontSize="12"
      fill="var(--bui-fg-primary)"
      stroke="var(--bui-bg-neutral-1)"
      strokeWidth="4"
      paintOrder="stroke"
    >
      {apart(labels, lines).map(({ key, x, y, objective, kept }) => (
        <text key={key} y={y - 24}>
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
