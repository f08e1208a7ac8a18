import styles from './Chart.module.css';

export interface LegendEntry {
  name: string;
  /** CSS colour of the line. */
  color: string;
  /** SVG dash pattern; solid where absent. */
  dash?: string;
}

/** What the lines of a chart are: names beside a piece of each line, above the chart, where they cannot collide. */
export function Legend(props: { entries: LegendEntry[] }) {
  return (
    <ul className={styles.legend} aria-label="Lines of the chart">
      {props.entries.map(({ name, color, dash }) => (
        <li key={name} className={styles.legendItem}>
          <svg className={styles.swatch} viewBox="0 0 24 8" aria-hidden="true">
            <line
              x1="0"
              x2="24"
              y1="4"
              y2="4"
              stroke={color}
              strokeWidth="2"
              strokeDasharray={dash}
            />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
