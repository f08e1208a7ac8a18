import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Cell, type ColumnConfig, Link, Table } from '@backstage/ui';
import { RiCheckDoubleLine } from '@remixicon/react';
import type { DivergentService } from 'backstage-plugin-slo-recommender-common';
import { useMemo } from 'react';
import {
  DECLARED_ONLY_ICON,
  EntityName,
  Fact,
  FactList,
  OBSERVED_ONLY_ICON,
  PagedList,
} from '../pieces';
import { DEPENDENCIES_TAB_PATH } from '../routes';
import { formatCount } from '../words';
import styles from './Discrepancies.module.css';

type Row = DivergentService & { id: string };

function useColumns(): ColumnConfig<Row>[] {
  const entityLink = useEntityRefLink();
  return useMemo(() => {
    const amount = (
      id: 'undeclared' | 'unseen' | 'agreeing',
      label: string,
    ): ColumnConfig<Row> => ({
      id,
      label,
      cell: row => (
        <Cell className={styles.amount} data-column={label}>
          {formatCount(row[id])}
        </Cell>
      ),
    });
    return [
      {
        id: 'title',
        label: 'Service',
        isRowHeader: true,
        cell: row => (
          <Cell>
            <Link
              href={`${entityLink(row.entityRef)}${DEPENDENCIES_TAB_PATH}`}
              weight="bold"
            >
              {row.title}
            </Link>
          </Cell>
        ),
      },
      {
        id: 'owner',
        label: 'Owner',
        cell: row => (
          <Cell data-column="Owner">
            {row.owner ? <EntityName entityRef={row.owner} /> : 'no owner'}
          </Cell>
        ),
      },
      amount('undeclared', 'Observed, not declared'),
      amount('unseen', 'Declared, not observed'),
      amount('agreeing', 'Agreeing'),
    ];
  }, [entityLink]);
}

/** Services on whose calls catalog and telemetry do not agree, those that differ most first. */
export function DivergentServices() {
  const columns = useColumns();
  return (
    <PagedList
      title="Where catalog and telemetry disagree"
      description="A call that is observed and not declared is missing from every impact analysis. One that is declared and never observed is either gone or not traced."
      noun="service"
      name="divergence"
      load={(api, query) => api.getFleetDivergence(query)}
      search={{ label: 'Service', placeholder: 'Name of a service' }}
      nothing={{
        title: 'Catalog and telemetry agree everywhere',
        words:
          'Every observed call is declared, and every declared one was observed where its service is seen at all.',
      }}
    >
      {({ items, totals }) => (
        <div className={styles.parts}>
          <FactList label="Calls of all services">
            <Fact icon={OBSERVED_ONLY_ICON}>
              {formatCount(totals.undeclared)} observed and not declared
            </Fact>
            <Fact icon={DECLARED_ONLY_ICON}>
              {formatCount(totals.unseen)} declared and not observed
            </Fact>
            <Fact icon={<RiCheckDoubleLine />}>
              {formatCount(totals.agreeing)} on which both agree
            </Fact>
          </FactList>
          <Table
            className={styles.table}
            columnConfig={columns}
            data={items.map(item => ({ ...item, id: item.entityRef }))}
            pagination={{ type: 'none' }}
          />
        </div>
      )}
    </PagedList>
  );
}
