import type { ColumnConfig } from '@backstage/ui';
import type { ReliabilityBin } from 'backstage-plugin-slo-recommender-common';
import { lazy } from 'react';
import { column, Detailed, figureColumn, Panel, StackedTable } from '../ui';
import { formatCount, formatRatio } from '../words';
import { ChartOrTable } from './ChartOrTable';

type Row = ReliabilityBin & { id: string };

const columns: ColumnConfig<Row>[] = [
  column(
    'Predicted',
    ({ from, to, predicted }) => (
      <Detailed detail={`${formatRatio(from)} to ${formatRatio(to)}`}>
        {formatRatio(predicted)}
      </Detailed>
    ),
    { isRowHeader: true },
  ),
  column('Came true', ({ observed, interval: { from, to } }) => (
    <Detailed detail={`${formatRatio(from)} to ${formatRatio(to)}`}>
      {formatRatio(observed)}
    </Detailed>
  )),
  figureColumn('Predictions', ({ predictions }) => formatCount(predictions)),
];

const ReliabilityChart = lazy(() => import('./ReliabilityChart'));

/** Whether what was predicted with a probability happened that often. */
export function ReliabilityPanel(props: { bins: ReliabilityBin[] }) {
  const { bins } = props;
  return (
    <Panel
      title="Predicted against observed"
      description="Each point is a group of predictions with about the same probability. On the diagonal they came true exactly as often as predicted; below it, less often."
      nothing={bins.length === 0 && 'No prediction can be compared yet.'}
    >
      <ChartOrTable
        label="Predicted against observed"
        height={360}
        chart={<ReliabilityChart bins={bins} />}
        table={
          <StackedTable
            columns={columns}
            rows={bins.map(bin => ({ ...bin, id: String(bin.from) }))}
          />
        }
      />
    </Panel>
  );
}
