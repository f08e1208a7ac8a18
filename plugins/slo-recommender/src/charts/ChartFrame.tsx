import type { ReactElement } from 'react';
import { ResponsiveContainer } from 'recharts';
import styles from './Chart.module.css';
import { Legend, type LegendEntry } from './Legend';

/** Width assumed until the place of the chart has been measured. */
const INITIAL_WIDTH = 640;

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
        initialDimension={{ width: INITIAL_WIDTH, height }}
      >
        {children}
      </ResponsiveContainer>
    </div>
  );
}
