import styles from './Sparkline.module.css';

const WIDTH = 160;
const HEIGHT = 40;
const PADDING = 3;

/** Points of an SVG polyline for the values known, oldest first; values outside [low, high] are held at the edge. */
export function sparklinePoints(values: (number | null)[]): string {
  const known = values.filter(value => value !== null);
  const low = Math.min(0, ...known);
  const high = Math.max(1, ...known);
  const step = (WIDTH - 2 * PADDING) / Math.max(1, values.length - 1);
  return values
    .flatMap((value, index) => {
      if (value === null) return [];
      const x = PADDING + index * step;
      const y =
        PADDING + ((high - value) / (high - low)) * (HEIGHT - 2 * PADDING);
      return [`${x.toFixed(1)},${y.toFixed(1)}`];
    })
    .join(' ');
}

/** The course of a share in a glance; the label says it in words. */
export function Sparkline(props: { values: (number | null)[]; label: string }) {
  const points = sparklinePoints(props.values);
  const end = points.slice(points.lastIndexOf(' ') + 1).split(',');
  return (
    <svg
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={styles.sparkline}
    >
      <polyline points={points} className={styles.line} />
      {points && (
        <circle cx={end[0]} cy={end[1]} r="3" className={styles.end} />
      )}
    </svg>
  );
}
