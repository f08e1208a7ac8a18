import { useId } from 'react';
import styles from './Chart.module.css';

/** Shapes by which marks are told apart without their colour. */
const markers = ['flag', 'diamond', 'cross', 'circle', 'ring'] as const;
export type Marker = (typeof markers)[number];

const CIRCLE = 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z';

const paths: Record<Marker, string> = {
  flag: 'M-4.5 6V-6H5.5L3-2.5 5.5 1h-8v5z',
  diamond: 'M0-6 6 0 0 6-6 0z',
  cross:
    'M-5-2.8-2.8-5 0-2.2 2.8-5 5-2.8 2.2 0 5 2.8 2.8 5 0 2.2-2.8 5-5 2.8-2.2 0z',
  circle: CIRCLE,
  ring: CIRCLE,
};

/** A mark of 12 px around the point (0, 0), inside an SVG. */
export function MarkerShape(props: { marker: Marker; color: string }) {
  const { marker, color } = props;
  return (
    <path
      d={paths[marker]}
      fill={marker === 'ring' ? 'none' : color}
      stroke={marker === 'ring' ? color : undefined}
      strokeWidth="2"
    />
  );
}

/** Pattern of slanted lines: fills what is left out, so that it is seen without colour. Goes into the `defs` of an SVG. */
export function Hatching(props: { id: string; color: string }) {
  return (
    <pattern
      id={props.id}
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect width="6" height="6" fill={props.color} fillOpacity="0.12" />
      <line y2="6" stroke={props.color} strokeWidth="2" strokeOpacity="0.55" />
    </pattern>
  );
}

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
