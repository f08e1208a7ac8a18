import { useId } from 'react';
import styles from './Chart.module.css';
import { Hatching } from './Hatching';
import { type Marker, markers, MarkerShape } from './MarkerShape';

export interface LegendEntry {
  name: string;
  /** CSS colour of the line, bar or mark. */
  color: string;
  /** SVG dash pattern; solid where absent. */
  dash?: string;
  /** A line where absent. */
  shape?: 'line' | 'bar' | 'band' | 'hatching' | Marker;
}

function Piece({ color, dash, shape = 'line' }: LegendEntry) {
  const pattern = useId();
  switch (shape) {
    case 'line':
      return (
        <line
          x1="0"
          x2="24"
          y1="4"
          y2="4"
          stroke={color}
          strokeWidth="2"
          strokeDasharray={dash}
        />
      );
    case 'bar':
      return <path d="M5 8V4h4v4zM11 8V0h4v8zM17 8V2h4v6z" fill={color} />;
    case 'band':
      return <rect width="24" height="8" fill={color} fillOpacity="0.25" />;
    default:
      return (
        <>
          <defs>
            <Hatching id={pattern} color={color} />
          </defs>
          <rect width="24" height="8" fill={`url(#${pattern})`} />
        </>
      );
  }
}

const isMarker = (shape: LegendEntry['shape']): shape is Marker =>
  shape !== undefined && markers.some(marker => marker === shape);

function Swatch(props: LegendEntry) {
  const { shape, color } = props;
  return isMarker(shape) ? (
    <svg className={styles.marker} viewBox="-6 -6 12 12" aria-hidden="true">
      <MarkerShape marker={shape} color={color} />
    </svg>
  ) : (
    <svg className={styles.swatch} viewBox="0 0 24 8" aria-hidden="true">
      <Piece {...props} />
    </svg>
  );
}

/** What the lines, bars and marks of a chart are: names beside a piece of each, above the chart, where they cannot collide. */
export function Legend(props: { entries: LegendEntry[] }) {
  return (
    <ul className={styles.legend} aria-label="Key of the chart">
      {props.entries.map(entry => (
        <li key={entry.name} className={styles.legendItem}>
          <Swatch {...entry} />
          {entry.name}
        </li>
      ))}
    </ul>
  );
}
