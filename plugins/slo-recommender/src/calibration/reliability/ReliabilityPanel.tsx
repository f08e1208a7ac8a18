import type { ReliabilityBin } from 'backstage-plugin-slo-recommender-common';
import { lazy } from 'react';
import { Panel } from '../../pieces';
import { ChartOrTable } from '../ChartOrTable';
import tables from '../tables.module.css';
import { ReliabilityTable } from './ReliabilityTable';

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
