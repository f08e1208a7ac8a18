import type { ColumnConfig } from '@backstage/ui';
import type { MonthlyPromise } from 'backstage-plugin-slo-recommender-common';
import { lazy } from 'react';
import { LazyChart } from '../charts/LazyChart';
import { column, Detailed, figureColumn, Panel, StackedTable } from '../ui';
import { formatMonth, formatQuantity, formatRatio } from '../words';
import styles from './MonthsPanel.module.css';

type Row = MonthlyPromise & { id: string };

const columns: ColumnConfig<Row>[] = [
  column(
    'Month',
    ({ month, windows }) => (
      <Detailed detail={formatQuantity(windows, 'window')}>
        {formatMonth(month)}
      </Detailed>
    ),
    { isRowHeader: true },
  ),
  figureColumn('Recommended', ({ recommended }) => formatRatio(recommended)),
  figureColumn('Achieved', ({ achieved }) => formatRatio(achieved)),
  figureColumn('Kept', ({ keptShare }) => formatRatio(keptShare)),
];

const MonthsChart = lazy(() => import('./MonthsChart'));

/** What would have been recommended month by month, beside what was achieved. */
export function MonthsPanel(props: { months: MonthlyPromise[] }) {
  const { months } = props;
  return (
    <Panel
      title="Recommended against achieved, by month"
      description="Medians over the replayed windows that ended in the month (UTC), and the share of them that kept what would have been recommended."
      nothing={
        months.length === 0 && 'No replayed window has a recommendation yet.'
      }
    >
      <div className={styles.both}>
        <LazyChart height={280}>
          <MonthsChart months={months} />
        </LazyChart>
        <StackedTable
          columns={columns}
          rows={[...months]
            .reverse()
            .map(month => ({ ...month, id: month.month }))}
        />
      </div>
    </Panel>
  );
}
