import { Cell, type ColumnConfig, Table } from '@backstage/ui';
import type { Coverage } from 'backstage-plugin-slo-recommender-common';
import { useMemo } from 'react';
import { Panel, Fact, stateIcon, type Tone } from '../pieces';
import type { CoverageState } from '../words';
import {
  coverageState,
  formatCount,
  formatQuantity,
  formatRatio,
} from '../words';
import tables from './tables.module.css';

type Row = Coverage & { id: string };

const signs: Record<
  Exclude<CoverageState, 'within'>,
  { tone: Tone; words: string }
> = {
  'broken more': { tone: 'negative', words: 'broken too often' },
  'kept more': { tone: 'warning', words: 'more cautious than said' },
  chance: { tone: 'neutral', words: 'off, may be chance' },
};

function LevelCell(props: {
  level: Coverage['levels'][number] | undefined;
  windows: number;
}) {
  const { level, windows } = props;
  if (!level) return <span aria-label="unknown">–</span>;
  const { observed, interval } = level;
  const state = coverageState(level, windows);
  return (
    <>
      <span className={tables.amount}>{formatRatio(observed)}</span>
      <p className={tables.secondary}>
        {formatRatio(interval.from)} to {formatRatio(interval.to)}
      </p>
      {state !== 'within' && (
        <Fact tone={signs[state].tone} icon={stateIcon(signs[state].tone)}>
          {signs[state].words}
        </Fact>
      )}
    </>
  );
}

function columnsFor(nominals: number[]): ColumnConfig<Row>[] {
  return [
    {
      id: 'label',
      label: 'Services',
      isRowHeader: true,
      cell: ({ label, services, windows }) => (
        <Cell>
          {label}
          <p className={tables.secondary}>
            {formatQuantity(services, 'service')}, {formatCount(windows)}{' '}
            {windows === 1 ? 'window' : 'windows'}
          </p>
        </Cell>
      ),
    },
    ...nominals.map(nominal => ({
      id: String(nominal),
      label: `Predicted ${formatRatio(nominal)}`,
      cell: ({ levels, windows }: Row) => (
        <Cell data-column={`Predicted ${formatRatio(nominal)}`}>
          <LevelCell
            level={levels.find(level => level.nominal === nominal)}
            windows={windows}
          />
        </Cell>
      ),
    })),
  ];
}

/** Observed shares of kept promises, a row for the fleet and one for each stratum. */
function CoverageTable(props: { coverage: Coverage[] }) {
  const { coverage } = props;
  const columns = useMemo(
    () =>
      columnsFor(
        [
          ...new Set(
            coverage.flatMap(({ levels }) =>
              levels.map(({ nominal }) => nominal),
            ),
          ),
        ].sort((a, b) => a - b),
      ),
    [coverage],
  );
  return (
    <Table
      className={tables.table}
      columnConfig={columns}
      data={coverage.map(row => ({ ...row, id: row.label }))}
      pagination={{ type: 'none' }}
    />
  );
}

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
