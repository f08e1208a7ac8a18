import type {
  HistoryPoint,
  ServiceEvent,
} from 'backstage-plugin-slo-recommender-common';
import { usePlotArea } from 'recharts';
import { MarkerShape } from '../../charts';
import { eventSigns, gravestType } from './eventSigns';
import { clusterEvents } from './timeline';

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
