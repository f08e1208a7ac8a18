import { RiBarChartLine, RiTable2 } from '@remixicon/react';
import { type ReactNode, useState } from 'react';
import { LazyChart } from '../charts/LazyChart';
import { Choice } from '../ui';
import styles from './ChartOrTable.module.css';

const views = [
  { id: 'chart', words: 'Chart', icon: <RiBarChartLine /> },
  { id: 'table', words: 'Table', icon: <RiTable2 /> },
] as const;

/** The same numbers drawn or written, as the reader likes. */
export function ChartOrTable(props: {
  /** Names what is shown. */
  label: string;
  /** Height of the chart in pixels. */
  height: number;
  chart: ReactNode;
  table: ReactNode;
}) {
  const { label, height, chart, table } = props;
  const [view, setView] = useState<'chart' | 'table'>('chart');
  return (
    <div className={styles.both}>
      {view === 'chart' ? (
        <LazyChart height={height}>{chart}</LazyChart>
      ) : (
        table
      )}
      <Choice
        label={`${label} as`}
        className={styles.choice}
        options={views}
        value={view}
        onChange={setView}
      />
    </div>
  );
}
