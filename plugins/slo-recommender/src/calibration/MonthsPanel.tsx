import { Cell, CellText, type ColumnConfig, Table } from '@backstage/ui';
import type { MonthlyPromise } from 'backstage-plugin-slo-recommender-common';
import { lazy } from 'react';
import { LazyChart } from '../charts/LazyChart';
import { Panel } from '../pieces';
import { formatMonth, formatQuantity, formatRatio } from '../words';
import styles from './MonthsPanel.module.css';
import tables from './tables.module.css';

type Row = MonthlyPromise & { id: string };

const columns: ColumnConfig<Row>[] = [
  {
    id: 'month',
    label: 'Month',
    isRowHeader: true,
    cell: ({ month, windows }) => (
      <Cell>
        {formatMonth(month)}
        <p className={tables.secondary}>{formatQuantity(windows, 'window')}</p>
      </Cell>
    ),
  },
  {
    id: 'recommended',
    label: 'Recommended',
    cell: ({ recommended }) => (
      <CellText
        data-column="Recommended"
        title={formatRatio(recommended)}
        className={tables.amount}
      />
    ),
  },
  {
    id: 'achieved',
    label: 'Achieved',
    cell: ({ achieved }) => (
      <CellText
        data-column="Achieved"
        title={formatRatio(achieved)}
        className={tables.amount}
      />
    ),
  },
  {
    id: 'kept',
    label: 'Kept',
    cell: ({ keptShare }) => (
      <CellText
        data-column="Kept"
        title={formatRatio(keptShare)}
        className={tables.amount}
      />
    ),
  },
];

/** The months in figures, newest first. */
function MonthsTable(props: { months: MonthlyPromise[] }) {
  return (
    <Table
      className={tables.table}
      columnConfig={columns}
      data={[...props.months]
        .reverse()
        .map(month => ({ ...month, id: month.month }))}
      pagination={{ type: 'none' }}
    />
  );
}

const MonthsChart = lazy(() => import('./MonthsChart'));

/** What would have been recommended month by month, beside what was achieved. */
export function MonthsPanel(props: { months: MonthlyPromise[] }) {
  const { months } = props;
  return (
    <Panel
      title="Recommended against achieved, by month"
      description="Medians over the replayed windows that ended in the month (UTC), and the share of them that kept what would have been recommended."
    >
      {months.length === 0 ? (
        <p className={tables.nothing}>
          No replayed window has a recommendation yet.
        </p>
      ) : (
        <div className={styles.both}>
          <LazyChart height={280}>
            <MonthsChart months={months} />
          </LazyChart>
          <MonthsTable months={months} />
        </div>
      )}
    </Panel>
  );
}
