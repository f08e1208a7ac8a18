import type {
  HistoryPoint,
  ServiceEvent,
  Exclusion,
} from 'backstage-plugin-slo-recommender-common';
import { useId } from 'react';
import { usePlotArea } from 'recharts';
import { MarkerShape, Hatching } from '../../charts';
import { eventSigns, gravestType } from './eventSigns';
import { clusterEvents, shareOfInstant } from './timeline';

/** Room at the top of the plot in which the marks stand. */
export const EVENT_LANE = 22;

/** Least distance of two marks, in pixels, with the number of events between them. */
const APART = 22;

/** Marks of events at the top of a chart whose days are columns, those too near to each other as the gravest with their number. */
export function EventMarks(props: {
  history: HistoryPoint[];
  events: ServiceEvent[];
}) {
  const { history, events } = props;
  const plot = usePlotArea();
  if (!plot || plot.width <= 0) return null;
  return (
    <g>
      {clusterEvents(history, events, APART / plot.width).map(cluster => {
        const { marker, color } = eventSigns[gravestType(cluster.events)];
        const x = plot.x + cluster.share * plot.width;
        const y = plot.y + EVENT_LANE / 2;
        return (
          <g key={cluster.events[0].id}>
            <line
              x1={x}
              x2={x}
              y1={y}
              y2={plot.y + plot.height}
              stroke={color}
              strokeOpacity="0.4"
            />
            <g transform={`translate(${x} ${y})`}>
              <MarkerShape marker={marker} color={color} />
            </g>
            {cluster.events.length > 1 && (
              <text
                x={x + 8}
                y={y + 4}
                fontSize="11"
                fill="var(--bui-fg-primary)"
              >
                {cluster.events.length}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

/** A maintenance of an hour would be thinner than a line on a quarter of a year. */
const LEAST_WIDTH = 3;

/** Hatched where hours were left out. Lies inside a chart whose days are columns. */
export function ExclusionShades(props: {
  history: HistoryPoint[];
  exclusions: Exclusion[];
}) {
  const { history, exclusions } = props;
  const pattern = useId();
  const plot = usePlotArea();
  if (!plot) return null;
  return (
    <g>
      <defs>
        <Hatching id={pattern} color="var(--chart-guide)" />
      </defs>
      {exclusions.map(({ id, from, to }) => {
        const start = Math.max(0, shareOfInstant(history, from));
        const end = Math.min(1, shareOfInstant(history, to));
        if (start >= end) return null;
        return (
          <rect
            key={id}
            x={plot.x + start * plot.width}
            width={Math.max(LEAST_WIDTH, (end - start) * plot.width)}
            y={plot.y}
            height={plot.height}
            fill={`url(#${pattern})`}
          />
        );
      })}
    </g>
  );
}
