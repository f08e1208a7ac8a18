import { Button, Select, Switch } from '@backstage/ui';
import { RiNodeTree, RiTable2 } from '@remixicon/react';
import type { DependencyNode } from 'backstage-plugin-slo-recommender-common';
import type { ReactElement } from 'react';
import { Choice } from '../ui';
import styles from './DependencyControls.module.css';
import { ServiceSearch } from './ServiceSearch';
import {
  type ClaimFilter,
  claimFilters,
  type DependencyQuery,
  type Depth,
  depths,
  type Direction,
  directions,
  type View,
} from './useDependencyQuery';

const directionWords: Record<Direction, string> = {
  both: 'Callers and callees',
  downstream: 'What it calls',
  upstream: 'What calls it',
};

const claimFilterWords: Record<ClaimFilter, string> = {
  any: 'Declared or observed',
  declared: 'Declared in the catalog',
  observed: 'Observed in telemetry',
  both: 'Declared and observed',
};

const depthWords: Record<Depth, string> = {
  '1': '1 call',
  '2': '2 calls',
  '3': '3 calls',
  '4': '4 calls',
  '5': '5 calls',
  all: 'all',
};

const viewOptions: { id: View; words: string; icon: ReactElement }[] = [
  { id: 'graph', words: 'Graph', icon: <RiNodeTree /> },
  { id: 'table', words: 'Table', icon: <RiTable2 /> },
];

function Narrowing<T extends string>(props: {
  label: string;
  values: readonly T[];
  words: Record<T, string>;
  value: T;
  onChange: (value: T) => void;
}) {
  const { label, values, words, value, onChange } = props;
  return (
    <Select
      label={label}
      size="small"
      className={styles.choice}
      options={values.map(one => ({ value: one, label: words[one] }))}
      value={value}
      onChange={key => {
        const picked = values.find(one => one === key);
        if (picked) onChange(picked);
      }}
    />
  );
}

/** What of the graph is shown, and how. */
export function DependencyControls(props: {
  query: DependencyQuery;
  isDefault: boolean;
  view: View;
  nodes: readonly DependencyNode[];
  onChange: (changes: Partial<Omit<DependencyQuery, 'selection'>>) => void;
  onFind: (id: string) => void;
  /** Shows every call; absent where that is so. */
  onShowAll: (() => void) | undefined;
  onReset: () => void;
}) {
  const { query, isDefault, view, nodes, onChange, onFind, onReset } = props;
  return (
    <div
      className={styles.controls}
      role="search"
      aria-label="Narrow the dependencies"
    >
      <div className={styles.choices}>
        <ServiceSearch
          nodes={nodes}
          onFind={onFind}
          onShowAll={props.onShowAll}
        />
        <Narrowing
          label="Direction"
          values={directions}
          words={directionWords}
          value={query.direction}
          onChange={direction => onChange({ direction })}
        />
        <Narrowing
          label="Depth"
          values={depths}
          words={depthWords}
          value={query.depth}
          onChange={depth => onChange({ depth })}
        />
        <Narrowing
          label="Known"
          values={claimFilters}
          words={claimFilterWords}
          value={query.claim}
          onChange={claim => onChange({ claim })}
        />
      </div>
      <div className={styles.switches}>
        <Switch
          label="Include calls not seen for long"
          isSelected={query.includeStale}
          onChange={includeStale => onChange({ includeStale })}
        />
        <div className={styles.views}>
          <Choice
            label="View"
            options={viewOptions}
            value={view}
            onChange={picked => onChange({ view: picked })}
          />
          <Button
            size="small"
            variant="tertiary"
            isDisabled={isDefault}
            onPress={onReset}
          >
            Reset
          </Button>
        </div>
      </div>
    </div>
  );
}
