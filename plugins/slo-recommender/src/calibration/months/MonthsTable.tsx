import { Cell, CellText, type ColumnConfig, Table } from '@backstage/ui';
import type { MonthlyPromise } from 'backstage-plugin-slo-recommender-common';
import { formatMonth, formatQuantity, formatRatio } from '../../words';
import tables from '../tables.module.css';

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
export function MonthsTable(props: { months: MonthlyPromise[] }) {
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
