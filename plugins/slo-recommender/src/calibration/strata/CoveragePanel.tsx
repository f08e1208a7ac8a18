import { Panel } from '../../pieces';
import type { Coverage } from 'backstage-plugin-slo-recommender-common';
import tables from '../tables.module.css';
import { CoverageTable } from './CoverageTable';

/** Whether promises were kept as often as they should be, for the fleet and for services of a kind. */
export function CoveragePanel(props: { coverage: Coverage[] }) {
  const { coverage } = props;
  return (
    <Panel
      title="Kept as often as predicted, for every kind of service"
      description="Share of past windows that kept what was predicted with each probability, and where it lies with 90&nbsp;% certainty. Marked where it is more than five points off."
    >
      {coverage.length === 0 ? (
        <p className={tables.nothing}>
          Too few windows for any kind of service.
        </p>
      ) : (
        <CoverageTable coverage={coverage} />
      )}
    </Panel>
  );
}
