import type { ColumnConfig } from '@backstage/ui';
import { lazy } from 'react';
import { column, figureColumn, Panel, StackedTable } from '../ui';
import { formatRatio } from '../words';
import { ChartOrTable } from './ChartOrTable';
import { pitShapeWords, type Tenth, tenths } from './pitShape';
import styles from './SpreadPanel.module.css';

const columns: ColumnConfig<Tenth>[] = [
  column('Part of the predicted distribution', ({ name }) => name, {
    isRowHeader: true,
  }),
  figureColumn('Windows in it', ({ share }) => formatRatio(share)),
];

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
      nothing={histogram.length === 0 && 'No outcome can be placed yet.'}
    >
      <div className={styles.spread}>
        <p className={styles.words}>{pitShapeWords(histogram, windows)}</p>
        <ChartOrTable
          label="Where outcomes fell"
          height={320}
          chart={<SpreadChart histogram={histogram} />}
          table={<StackedTable columns={columns} rows={tenths(histogram)} />}
        />
      </div>
    </Panel>
  );
}
