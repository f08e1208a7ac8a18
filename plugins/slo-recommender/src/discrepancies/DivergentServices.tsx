import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { type ColumnConfig, Link } from '@backstage/ui';
import { RiCheckDoubleLine } from '@remixicon/react';
import type { DivergentService } from 'backstage-plugin-slo-recommender-common';
import { useMemo } from 'react';
import {
  column,
  DECLARED_ONLY_ICON,
  EntityName,
  Fact,
  FactList,
  OBSERVED_ONLY_ICON,
  PagedList,
  StackedTable,
} from '../ui';
import { DEPENDENCIES_TAB_PATH } from '../routes';
import { formatCount } from '../words';
import styles from './Discrepancies.module.css';

type Row = DivergentService & { id: string };

function useColumns(): ColumnConfig<Row>[] {
  const entityLink = useEntityRefLink();
  return useMemo(() => {
    const figure = { className: styles.amount };
    return [
      column(
        'Service',
        ({ entityRef, title }) => (
          <Link
            href={`${entityLink(entityRef)}${DEPENDENCIES_TAB_PATH}`}
            weight="bold"
          >
            {title}
          </Link>
        ),
        { isRowHeader: true },
      ),
      column('Owner', ({ owner }) =>
        owner ? <EntityName entityRef={owner} /> : 'no owner',
      ),
      column(
        'Observed, not declared',
        ({ undeclared }) => formatCount(undeclared),
        figure,
      ),
      column(
        'Declared, not observed',
        ({ unseen }) => formatCount(unseen),
        figure,
      ),
      column('Agreeing', ({ agreeing }) => formatCount(agreeing), figure),
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
          <StackedTable
            columns={columns}
            rows={items.map(item => ({ ...item, id: item.entityRef }))}
          />
        </div>
      )}
    </PagedList>
  );
}
