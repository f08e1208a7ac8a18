import styles from './Chart.module.css';

export interface LegendEntry {
  name: string;
  /** CSS colour of the line or bar. */
  color: string;
  /** SVG dash pattern; solid where absent. */
  dash?: string;
  /** A line where absent. */
  shape?: 'line' | 'bar';
}

/** What the lines and bars of a chart are: names beside a piece of each, above the chart, where they cannot collide. */
export function Legend(props: { entries: LegendEntry[] }) {
  return (
    <ul className={styles.legend} aria-label="Key of the chart">
      {props.entries.map(({ name, color, dash, shape }) => (
        <li key={name} className={styles.legendItem}>
          <svg className={styles.swatch} viewBox="0 0 24 8" aria-hidden="true">
            {shape === 'bar' ? (
              <path d="M5 8V4h4v4zM11 8V0h4v8zM17 8V2h4v6z" fill={color} />
            ) : (
              <line
                x1="0"
                x2="24"
                y1="4"
                y2="4"
                stroke={color}
                strokeWidth="2"
                strokeDasharray={dash}
              />
            )}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
