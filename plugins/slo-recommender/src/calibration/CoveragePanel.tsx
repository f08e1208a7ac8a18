import type { ColumnConfig } from '@backstage/ui';
import type { Coverage } from 'backstage-plugin-slo-recommender-common';
import { useMemo } from 'react';
import {
  column,
  Detailed,
  Fact,
  Panel,
  StackedTable,
  stateIcon,
  type Tone,
} from '../ui';
import {
  type CoverageState,
  coverageState,
  formatQuantity,
  formatRatio,
} from '../words';

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
      <Detailed
        detail={`${formatRatio(interval.from)} to ${formatRatio(interval.to)}`}
      >
        {formatRatio(observed)}
      </Detailed>
      {state !== 'within' && (
        <Fact tone={signs[state].tone} icon={stateIcon(signs[state].tone)}>
          {signs[state].words}
        </Fact>
      )}
    </>
  );
}

function columnsOf(coverage: Coverage[]): ColumnConfig<Row>[] {
  const nominals = new Set(
    coverage.flatMap(({ levels }) => levels.map(({ nominal }) => nominal)),
  );
  return [
    column(
      'Services',
      ({ label, services, windows }) => (
        <Detailed
          detail={`${formatQuantity(services, 'service')}, ${formatQuantity(
            windows,
            'window',
          )}`}
        >
          {label}
        </Detailed>
      ),
      { isRowHeader: true },
    ),
    ...[...nominals]
      .sort((a, b) => a - b)
      .map(nominal =>
        column<Row>(
          `Predicted ${formatRatio(nominal)}`,
          ({ levels, windows }) => (
            <LevelCell
              level={levels.find(level => level.nominal === nominal)}
              windows={windows}
            />
          ),
        ),
      ),
  ];
}

/** Whether promises were kept as often as they should be, for the fleet and for services of a kind. */
export function CoveragePanel(props: { coverage: Coverage[] }) {
  const { coverage } = props;
  const columns = useMemo(() => columnsOf(coverage), [coverage]);
  const rows = coverage.map(row => ({ ...row, id: row.label }));
  return (
    <Panel
      title="Kept as often as predicted, for every kind of service"
      description="Share of past windows that kept what was predicted with each probability, and where it lies with 90&nbsp;% certainty. Marked where it is more than five points off."
      nothing={
        coverage.length === 0 && 'Too few windows for any kind of service.'
      }
    >
      <StackedTable columns={columns} rows={rows} />
    </Panel>
  );
}
