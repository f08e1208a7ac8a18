import {
  Column,
  type ColumnConfig,
  Row,
  TableBody,
  TableHeader,
  TablePagination,
  TableRoot,
} from '@backstage/ui';
import { useState } from 'react';
import { formatCount } from '../words';
import styles from './DependencyTable.module.css';

const PAGE_SIZE = 25;

/** A table with a heading that names it, in pages. Made of the parts of a table, since a whole one cannot be named. */
export function PagedTable<T extends { id: string }>(props: {
  label: string;
  noun: string;
  items: readonly T[];
  columns: ColumnConfig<T>[];
}) {
  const { label, noun, items, columns } = props;
  const [wanted, setPage] = useState(0);
  const last = Math.max(0, Math.ceil(items.length / PAGE_SIZE) - 1);
  const page = Math.min(wanted, last);
  const offset = page * PAGE_SIZE;
  const rows = items.slice(offset, offset + PAGE_SIZE);
  return (
    <div className={styles.part}>
      <h3 className={styles.title}>{label}</h3>
      <div className={styles.table}>
        <TableRoot aria-label={label}>
          <TableHeader columns={columns}>
            {column => (
              <Column id={column.id} isRowHeader={column.isRowHeader}>
                {column.label}
              </Column>
            )}
          </TableHeader>
          <TableBody
            items={rows}
            dependencies={[columns]}
            renderEmptyState={() => <span>None.</span>}
          >
            {item => (
              <Row id={item.id} columns={columns}>
                {column => column.cell(item)}
              </Row>
            )}
          </TableBody>
        </TableRoot>
      </div>
      {items.length > PAGE_SIZE && (
        <TablePagination
          pageSize={PAGE_SIZE}
          pageSizeOptions={[PAGE_SIZE]}
          showPageSizeOptions={false}
          offset={offset}
          totalCount={items.length}
          hasNextPage={page < last}
          hasPreviousPage={page > 0}
          onNextPage={() => setPage(page + 1)}
          onPreviousPage={() => setPage(page - 1)}
          getLabel={() =>
            `${formatCount(offset + 1)} – ${formatCount(
              offset + rows.length,
            )} of ${formatCount(items.length)} ${noun}`
          }
        />
      )}
    </div>
  );
}
