import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Cell,
  type ColumnConfig,
  Link,
  type SortDescriptor,
  Table,
  type TablePaginationType,
} from '@backstage/ui';
import {
  type ServiceItem,
  type ServiceOrderField,
  serviceOrderFields,
} from 'backstage-plugin-slo-recommender-common';
import { RiFlaskLine } from '@remixicon/react';
import { type ReactNode, useMemo } from 'react';
import { Fact, EntityName, stateIcon } from '../pieces';
import { SLO_TAB_PATH } from '../routes';
import { formatCompactCount, formatRatio, formatShortWindow } from '../words';
import { BudgetBar } from './BudgetBar';
import styles from './FleetTable.module.css';
import { serviceState } from './serviceState';

type FleetRow = ServiceItem & { id: string };

function Amount(props: { column: string; children: ReactNode | null }) {
  return (
    <Cell className={styles.amount} data-column={props.column}>
      {props.children ?? <span aria-label="unknown">–</span>}
    </Cell>
  );
}

function ServiceCell(props: { item: ServiceItem }) {
  const { item } = props;
  const entityLink = useEntityRefLink();
  return (
    <Cell className={styles.service}>
      <Link href={`${entityLink(item.entityRef)}${SLO_TAB_PATH}`} weight="bold">
        {item.title}
      </Link>
      <div className={styles.secondary}>
        {item.owner ? <EntityName entityRef={item.owner} /> : 'no owner'}
        {item.criticality && ` · ${item.criticality}`}
        {item.simulated && (
          <span
            className={styles.simulated}
            role="img"
            aria-label="simulated, not measured"
            title="simulated, not measured"
          >
            <RiFlaskLine />
          </span>
        )}
      </div>
    </Cell>
  );
}

function StateCell(props: { item: ServiceItem }) {
  const state = serviceState(props.item);
  return (
    <Cell>
      <Fact tone={state.tone} icon={stateIcon(state.tone)}>
        {state.words}
      </Fact>
      {state.detail && <div className={styles.detail}>{state.detail}</div>}
    </Cell>
  );
}

const ratio = (value: number | null) =>
  value === null ? null : formatRatio(value);

function columns(window: string): ColumnConfig<FleetRow>[] {
  const span = formatShortWindow(window);
  const achieved = `Achieved, ${span}`;
  const requests = `Requests, ${span}`;
  return [
    {
      id: 'title',
      label: 'Service',
      isRowHeader: true,
      isSortable: true,
      cell: item => <ServiceCell item={item} />,
    },
    {
      id: 'promisedObjective',
      label: 'Promised',
      isSortable: true,
      cell: item => (
        <Amount column="Promised">{ratio(item.promisedObjective)}</Amount>
      ),
    },
    {
      id: 'recommendedObjective',
      label: 'Recommended',
      isSortable: true,
      cell: item => (
        <Amount column="Recommended">{ratio(item.recommendedObjective)}</Amount>
      ),
    },
    {
      id: 'achieved',
      label: achieved,
      isSortable: true,
      cell: item => <Amount column={achieved}>{ratio(item.achieved)}</Amount>,
    },
    {
      id: 'requests',
      label: requests,
      isSortable: true,
      cell: item => (
        <Amount column={requests}>
          {item.requests === null ? null : formatCompactCount(item.requests)}
        </Amount>
      ),
    },
    {
      id: 'budgetRemaining',
      label: 'Error budget',
      isSortable: true,
      cell: item => (
        <Cell data-column="Error budget">
          <BudgetBar remaining={item.budgetRemaining} />
        </Cell>
      ),
    },
    {
      id: 'verdict',
      label: 'State',
      isSortable: true,
      cell: item => <StateCell item={item} />,
    },
  ];
}

/** The services of one page. */
export function FleetTable(props: {
  items: ServiceItem[] | undefined;
  stale: boolean;
  /** ISO 8601 or compact duration of the objective window. */
  window: string;
  orderBy: ServiceOrderField;
  descending: boolean;
  onSort: (field: ServiceOrderField, descending: boolean) => void;
  pagination: TablePaginationType;
  emptyState: ReactNode;
}) {
  const { items, window, orderBy, descending, onSort } = props;
  const rows = useMemo(
    () => items?.map(item => ({ ...item, id: item.entityRef })),
    [items],
  );
  const columnConfig = useMemo(() => columns(window), [window]);
  const sort = {
    descriptor: {
      column: orderBy,
      direction: descending ? 'descending' : 'ascending',
    } as const,
    onSortChange: ({ column, direction }: SortDescriptor) => {
      const field = serviceOrderFields.find(name => name === column);
      if (field) onSort(field, direction === 'descending');
    },
  };
  return (
    <Table
      className={styles.table}
      columnConfig={columnConfig}
      data={rows}
      isPending={rows === undefined}
      isStale={props.stale}
      sort={sort}
      pagination={props.pagination}
      emptyState={props.emptyState}
    />
  );
}
