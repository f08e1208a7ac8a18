import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { RiBarChartLine, RiTable2 } from '@remixicon/react';
import { type ReactNode, useState } from 'react';
import { LazyChart } from '../charts/LazyChart';
import styles from './ChartOrTable.module.css';

const views = ['chart', 'table'] as const;

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
  const [view, setView] = useState<(typeof views)[number]>('chart');
  return (
    <div className={styles.both}>
      {view === 'chart' ? (
        <LazyChart height={height}>{chart}</LazyChart>
      ) : (
        table
      )}
      <ToggleButtonGroup
        aria-label={`${label} as`}
        className={styles.choice}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view]}
        onSelectionChange={keys => {
          const picked = views.find(one => keys.has(one));
          if (picked) setView(picked);
        }}
      >
        <ToggleButton id="chart" iconStart={<RiBarChartLine />}>
          Chart
        </ToggleButton>
        <ToggleButton id="table" iconStart={<RiTable2 />}>
          Table
        </ToggleButton>
      </ToggleButtonGroup>
    </div>
  );
}
