import { Cell, CellText, type ColumnConfig, Table } from '@backstage/ui';
import type { ReliabilityBin } from 'backstage-plugin-slo-recommender-common';
import { lazy } from 'react';
import { Panel } from '../pieces';
import { formatCount, formatRatio } from '../words';
import { ChartOrTable } from './ChartOrTable';
import tables from './tables.module.css';

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
function ReliabilityTable(props: { bins: ReliabilityBin[] }) {
  return (
    <Table
      className={tables.table}
      columnConfig={columns}
      data={props.bins.map(bin => ({ ...bin, id: String(bin.from) }))}
      pagination={{ type: 'none' }}
    />
  );
}

const ReliabilityChart = lazy(() => import('./ReliabilityChart'));

/** Whether what was predicted with a probability happened that often. */
export function ReliabilityPanel(props: { bins: ReliabilityBin[] }) {
  const { bins } = props;
  return (
    <Panel
      title="Predicted against observed"
      description="Each point is a group of predictions with about the same probability. On the diagonal they came true exactly as often as predicted; below it, less often."
    >
      {bins.length === 0 ? (
        <p className={tables.nothing}>No prediction can be compared yet.</p>
      ) : (
        <ChartOrTable
          label="Predicted against observed"
          height={360}
          chart={<ReliabilityChart bins={bins} />}
          table={<ReliabilityTable bins={bins} />}
        />
      )}
    </Panel>
  );
}
