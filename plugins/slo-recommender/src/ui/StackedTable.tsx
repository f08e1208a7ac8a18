import { Cell, CellText, type ColumnConfig, Table } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './StackedTable.module.css';

/** A column of a table. Where the columns do not fit, its cells stand below its name. */
export function column<T extends { id: string }>(
  label: string,
  content: (row: T) => ReactNode,
  options?: { isRowHeader?: boolean; className?: string },
): ColumnConfig<T> {
  return {
    id: label,
    label,
    isRowHeader: options?.isRowHeader,
    cell: row => (
      <Cell
        className={options?.className}
        data-column={options?.isRowHeader ? undefined : label}
      >
        {content(row)}
      </Cell>
    ),
  };
}

/** A column of figures. */
export function figureColumn<T extends { id: string }>(
  label: string,
  format: (row: T) => string,
): ColumnConfig<T> {
  return {
    id: label,
    label,
    cell: row => (
      <CellText
        data-column={label}
        title={format(row)}
        className={styles.figure}
      />
    ),
  };
}

/** What a cell says first, and what is less important below it. */
export function Detailed(props: { children: ReactNode; detail: ReactNode }) {
  return (
    <>
      <span className={styles.figure}>{props.children}</span>
      <p className={styles.detail}>{props.detail}</p>
    </>
  );
}

/** A table whose rows become cards where its columns do not fit. */
export function StackedTable<T extends { id: string }>(props: {
  columns: ColumnConfig<T>[];
  rows: T[];
  className?: string;
}) {
  return (
    <Table
      className={props.className ?? styles.stacked}
      columnConfig={props.columns}
      data={props.rows}
      pagination={{ type: 'none' }}
    />
  );
}
