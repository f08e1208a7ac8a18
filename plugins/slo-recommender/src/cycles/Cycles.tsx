import { useRouteRef } from '@backstage/core-plugin-api';
import { type ColumnConfig, Link } from '@backstage/ui';
import {
  type Cycle,
  cycleStateSchema,
} from 'backstage-plugin-slo-recommender-common';
import { useMemo } from 'react';
import { usePages } from '../data';
import {
  column,
  Fact,
  FilterSelect,
  PagedList,
  StackedTable,
  stateIcon,
} from '../ui';
import { CYCLES_PATH, rootRouteRef } from '../routes';
import { formatAge, formatQuantity } from '../words';
import styles from './Cycles.module.css';
import { cycleStates, memberNames } from './cycleState';

function useColumns(): ColumnConfig<Cycle>[] {
  const fleetPath = useRouteRef(rootRouteRef)();
  return useMemo(
    () => [
      column(
        'Services',
        cycle => (
          <Link
            href={`${fleetPath}${CYCLES_PATH}/${encodeURIComponent(cycle.id)}`}
            weight="bold"
          >
            {memberNames(cycle)}
          </Link>
        ),
        { isRowHeader: true },
      ),
      column('State', ({ state, acknowledgement }) => {
        const { tone, words } = cycleStates[state];
        return (
          <>
            <Fact tone={tone} icon={stateIcon(tone)}>
              {words}
            </Fact>
            {acknowledgement && (
              <div className={styles.secondary}>{acknowledgement.reason}</div>
            )}
          </>
        );
      }),
      column('Calls in it', ({ calls }) =>
        formatQuantity(calls.length, 'call'),
      ),
      column('Found', ({ detectedAt }) => formatAge(detectedAt)),
    ],
    [fleetPath],
  );
}

/** Services that call each other in a circle. */
export function Cycles() {
  const { parameters, ask } = usePages();
  const state = cycleStateSchema.safeParse(parameters.get('state')).data;
  const columns = useColumns();
  return (
    <PagedList
      title="Services that call each other in a circle"
      description="A failure inside a cycle can keep itself going, and no member can promise more than the others keep."
      noun="cycle"
      name="cycles"
      load={(api, query) => api.getCycles({ ...query, state })}
      search={{ label: 'Service', placeholder: 'Name of a member' }}
      filter={{
        value: state,
        control: (
          <FilterSelect
            label="State"
            all="All states"
            options={cycleStateSchema.options.map(value => ({
              value,
              label: cycleStates[value].words,
            }))}
            value={state}
            onChange={value => ask({ state: value })}
          />
        ),
      }}
      nothing={{
        title: 'No services call each other in a circle',
        words: 'Neither declared nor observed calls form a cycle.',
      }}
    >
      {({ items }) => (
        <StackedTable className={styles.table} columns={columns} rows={items} />
      )}
    </PagedList>
  );
}
