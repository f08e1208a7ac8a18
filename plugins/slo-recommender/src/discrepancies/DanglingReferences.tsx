import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { type ColumnConfig, Link } from '@backstage/ui';
import type { DanglingReferencesResponse } from 'backstage-plugin-slo-recommender-common';
import { useMemo } from 'react';
import { column, EntityName, PagedList, StackedTable } from '../ui';
import { formatQuantity } from '../words';
import styles from './Discrepancies.module.css';

type Row = DanglingReferencesResponse['items'][number] & { id: string };

function useColumns(): ColumnConfig<Row>[] {
  const entityLink = useEntityRefLink();
  return useMemo(
    () => [
      column('Missing entity', ({ targetRef }) => targetRef, {
        isRowHeader: true,
        className: styles.reference,
      }),
      column('Referred to by', ({ referencedBy, hiddenReferences }) => (
        <ul className={styles.references}>
          {referencedBy.map(({ entityRef, relation }) => (
            <li key={`${entityRef} ${relation}`}>
              <Link href={entityLink(entityRef)}>
                <EntityName entityRef={entityRef} />
              </Link>{' '}
              <span className={styles.quiet}>{relation}</span>
            </li>
          ))}
          {hiddenReferences > 0 && (
            <li className={styles.quiet}>
              {formatQuantity(hiddenReferences, 'entity', 'entities')} that you
              may not see
            </li>
          )}
        </ul>
      )),
    ],
    [entityLink],
  );
}

/** Entities that the catalog refers to and does not hold. */
export function DanglingReferences() {
  const columns = useColumns();
  return (
    <PagedList
      title="References to what the catalog does not hold"
      description="A misspelt name, or an entity that was removed. Fix the reference, or register the entity."
      noun="reference"
      name="dangling"
      load={(api, query) => api.getDanglingReferences(query)}
      search={{ label: 'Name', placeholder: 'Part of an entity reference' }}
      nothing={{
        title: 'Every reference leads to an entity',
        words: 'There is nothing to fix.',
      }}
    >
      {({ items }) => (
        <StackedTable
          className={styles.references}
          columns={columns}
          rows={items.map(item => ({ ...item, id: item.targetRef }))}
        />
      )}
    </PagedList>
  );
}
