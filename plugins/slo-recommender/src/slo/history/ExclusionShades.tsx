import type {
  Exclusion,
  HistoryPoint,
} from 'backstage-plugin-slo-recommender-common';
import { useId } from 'react';
import { usePlotArea } from 'recharts';
import { Hatching } from '../../charts';
import { shareOfInstant } from './timeline';

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
