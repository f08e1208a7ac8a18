import { Cell, CellText, type ColumnConfig, Table } from '@backstage/ui';
import type { ReliabilityBin } from 'backstage-plugin-slo-recommender-common';
import { formatCount, formatRatio } from '../../words';
import tables from '../tables.module.css';

type Row = ReliabilityBin & { id: string };

const columns: ColumnConfig<Row>[] = [
  {
    id: 'predicted',
    label: 'Predicted',
    isRowHeader: true,
    cell: ({ from, to, predicted }) => (
      <Cell>
        <span className={tables.amount}>{formatRatio(predicted)}</span>
        <p className={tables.secondary}>
          {formatRatio(from)} to {formatRatio(to)}
        </p>
      </Cell>
    ),
  },
  {
    id: 'observed',
    label: 'Came true',
    cell: ({ observed, interval }) => (
      <Cell data-column="Came true">
        <span className={tables.amount}>{formatRatio(observed)}</span>
        <p className={tables.secondary}>
          {formatRatio(interval.from)} to {formatRatio(interval.to)}
        </p>
      </Cell>
    ),
  },
  {
    id: 'predictions',
    label: 'Predictions',
    cell: ({ predictions }) => (
      <CellText
        data-column="Predictions"
        title={formatCount(predictions)}
        className={tables.amount}
      />
    ),
  },
];

/** The reliability diagram in figures. */
export function ReliabilityTable(props: { bins: ReliabilityBin[] }) {
  return (
    <Table
      className={tables.table}
      columnConfig={columns}
      data={props.bins.map(bin => ({ ...bin, id: String(bin.from) }))}
      pagination={{ type: 'none' }}
    />
  );
}
