import { CellText, type ColumnConfig, Table } from '@backstage/ui';
import { lazy } from 'react';
import { Panel } from '../pieces';
import { formatRatio } from '../words';
import { ChartOrTable } from './ChartOrTable';
import { pitShapeWords, type Tenth, tenths } from './pitShape';
import styles from './SpreadPanel.module.css';
import tables from './tables.module.css';

const columns: ColumnConfig<Tenth>[] = [
  {
    id: 'name',
    label: 'Part of the predicted distribution',
    isRowHeader: true,
    cell: ({ name }) => <CellText title={name} />,
  },
  {
    id: 'share',
    label: 'Windows in it',
    cell: ({ share }) => (
      <CellText
        data-column="Windows in it"
        title={formatRatio(share)}
        className={tables.amount}
      />
    ),
  },
];

/** The PIT histogram in figures. */
function SpreadTable(props: { histogram: number[] }) {
  return (
    <Table
      className={tables.table}
      columnConfig={columns}
      data={tenths(props.histogram)}
      pagination={{ type: 'none' }}
    />
  );
}

const SpreadChart = lazy(() => import('./SpreadChart'));

/** Whether the predicted distributions are as wide as they should be: the histogram of the probability integral transform. */
export function SpreadPanel(props: {
  /** Share of windows in each tenth of the predicted distribution, fewest failures first; empty where unknown. */
  histogram: number[];
  windows: number;
}) {
  const { histogram, windows } = props;
  return (
    <Panel
      title="Where outcomes fell in what was predicted"
      description="Each bar is a tenth of the predicted distribution, fewest failures on the left. Where predictions are right, each holds 10&nbsp;% of the windows (PIT histogram)."
    >
      {histogram.length === 0 ? (
        <p className={tables.nothing}>No outcome can be placed yet.</p>
      ) : (
        <div className={styles.spread}>
          <p className={styles.words}>{pitShapeWords(histogram, windows)}</p>
          <ChartOrTable
            label="Where outcomes fell"
            height={320}
            chart={<SpreadChart histogram={histogram} />}
            table={<SpreadTable histogram={histogram} />}
          />
        </div>
      )}
    </Panel>
  );
}
