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
import { type ReactElement, type ReactNode, useMemo } from 'react';
import { Fact, EntityName, stateIcon } from '../ui';
import { SLO_TAB_PATH } from '../routes';
import {
  formatCompactCount,
  formatRatio,
  formatRemaining,
  formatShortWindow,
} from '../words';
import styles from './FleetTable.module.css';
import { serviceState } from './serviceState';

type FleetRow = ServiceItem & { id: string };

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

/** Share left below which a budget is worth watching. */
const LOW = 0.25;

/** What is left of an error budget, as a bar with its words. */
function BudgetBar(props: { remaining: number | null }) {
  const { remaining } = props;
  if (remaining === null) return <span aria-label="unknown">–</span>;
  const width = Math.min(1, Math.max(0, remaining)) * 100;
  const tone = remaining < LOW ? styles.low : styles.enough;
  return (
    <div className={styles.budget}>
      <div
        className={`${styles.track} ${remaining <= 0 ? styles.gone : tone}`}
        aria-hidden="true"
      >
        <div className={styles.fill} style={{ width: `${width}%` }} />
      </div>
      <span className={styles.words}>{formatRemaining(remaining)}</span>
    </div>
  );
}

const ratio = (value: number | null) =>
  value === null ? null : formatRatio(value);

function columns(window: string): ColumnConfig<FleetRow>[] {
  const span = formatShortWindow(window);
  const cell = (
    id: ServiceOrderField,
    label: string,
    content: (item: FleetRow) => ReactElement,
  ): ColumnConfig<FleetRow> => ({ id, label, isSortable: true, cell: content });
  const amount = (
    id: ServiceOrderField,
    label: string,
    words: (item: FleetRow) => ReactNode,
  ) =>
    cell(id, label, item => (
      <Cell className={styles.amount} data-column={label}>
        {words(item) ?? <span aria-label="unknown">–</span>}
      </Cell>
    ));
  return [
    {
      ...cell('title', 'Service', item => <ServiceCell item={item} />),
      isRowHeader: true,
    },
    amount('promisedObjective', 'Promised', item =>
      ratio(item.promisedObjective),
    ),
    amount('recommendedObjective', 'Recommended', item =>
      ratio(item.recommendedObjective),
    ),
    amount('achieved', `Achieved, ${span}`, item => ratio(item.achieved)),
    amount('requests', `Requests, ${span}`, ({ requests }) =>
      requests === null ? null : formatCompactCount(requests),
    ),
    cell('budgetRemaining', 'Error budget', item => (
      <Cell data-column="Error budget">
        <BudgetBar remaining={item.budgetRemaining} />
      </Cell>
    )),
    cell('verdict', 'State', item => <StateCell item={item} />),
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
