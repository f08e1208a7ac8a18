import type { ReactElement } from 'react';
import { ResponsiveContainer } from 'recharts';
import styles from './Chart.module.css';
import { Legend, type LegendEntry } from './Legend';

/** Nothing is drawn until the place of the chart has been measured, which keeps its height meanwhile. */
const UNMEASURED = { width: -1, height: -1 };

/** A chart as wide as its place, with its legend. */
export function ChartFrame(props: {
  height: number;
  legend?: LegendEntry[];
  children: ReactElement;
}) {
  const { height, legend, children } = props;
  return (
    <div className={styles.chart}>
      {legend && <Legend entries={legend} />}
      <ResponsiveContainer
        width="100%"
        height={height}
        initialDimension={UNMEASURED}
      >
        {children}
      </ResponsiveContainer>
    </div>
  );
}
