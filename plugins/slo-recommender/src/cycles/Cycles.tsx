import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { Cell, type ColumnConfig, Link, Select, Table } from '@backstage/ui';
import {
  type Cycle,
  cycleStateSchema,
} from 'backstage-plugin-slo-recommender-common';
import { useMemo } from 'react';
import { sloRecommenderApiRef } from '../api';
import { usePages, useResource } from '../data';
import {
  ENTRIES_PER_PAGE,
  Fact,
  PagedList,
  stateIcon,
  TextFilter,
} from '../pieces';
import { CYCLES_PATH, rootRouteRef } from '../routes';
import { formatAge, formatQuantity } from '../words';
import styles from './Cycles.module.css';
import { cycleStates, memberNames } from './cycleState';

const ANY = 'any';

function useColumns(): ColumnConfig<Cycle>[] {
  const fleetPath = useRouteRef(rootRouteRef)();
  return useMemo(
    () => [
      {
        id: 'members',
        label: 'Services',
        isRowHeader: true,
        cell: cycle => (
          <Cell>
            <Link
              href={`${fleetPath}${CYCLES_PATH}/${encodeURIComponent(
                cycle.id,
              )}`}
              weight="bold"
            >
              {memberNames(cycle)}
            </Link>
          </Cell>
        ),
      },
      {
        id: 'state',
        label: 'State',
        cell: ({ state, acknowledgement }) => {
          const { tone, words } = cycleStates[state];
          return (
            <Cell data-column="State">
              <Fact tone={tone} icon={stateIcon(tone)}>
                {words}
              </Fact>
              {acknowledgement && (
                <div className={styles.secondary}>{acknowledgement.reason}</div>
              )}
            </Cell>
          );
        },
      },
      {
        id: 'calls',
        label: 'Calls in it',
        cell: ({ calls }) => (
          <Cell data-column="Calls in it">
            {formatQuantity(calls.length, 'call')}
          </Cell>
        ),
      },
      {
        id: 'detected',
        label: 'Found',
        cell: ({ detectedAt }) => (
          <Cell data-column="Found">{formatAge(detectedAt)}</Cell>
        ),
      },
    ],
    [fleetPath],
  );
}

/** Services that call each other in a circle. */
export function Cycles() {
  const api = useApi(sloRecommenderApiRef);
  const { parameters, cursor, ask } = usePages();
  const text = parameters.get('text') || undefined;
  const state = cycleStateSchema.safeParse(parameters.get('state')).data;
  const query = { limit: ENTRIES_PER_PAGE, cursor, text, state };
  const answer = useResource(`cycles ${JSON.stringify(query)}`, () =>
    api.getCycles(query),
  );
  const columns = useColumns();
  return (
    <PagedList
      title="Services that call each other in a circle"
      description="A failure inside a cycle can keep itself going, and no member can promise more than the others keep."
      noun="cycle"
      answer={answer}
      filtered={text !== undefined || state !== undefined}
      filters={
        <div className={styles.filters}>
          <TextFilter
            label="Service"
            placeholder="Name of a member"
            value={text ?? ''}
            onChange={value => ask({ text: value })}
          />
          <Select
            label="State"
            size="small"
            options={[
              { value: ANY, label: 'All states' },
              ...cycleStateSchema.options.map(value => ({
                value,
                label: cycleStates[value].words,
              })),
            ]}
            value={state ?? ANY}
            onChange={key =>
              ask({ state: cycleStateSchema.safeParse(key).data })
            }
          />
        </div>
      }
      nothing={{
        title: 'No services call each other in a circle',
        words: 'Neither declared nor observed calls form a cycle.',
      }}
    >
      {({ items }) => (
        <Table
          className={styles.table}
          columnConfig={columns}
          data={items}
          pagination={{ type: 'none' }}
        />
      )}
    </PagedList>
  );
}
