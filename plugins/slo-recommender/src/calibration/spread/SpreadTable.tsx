import { CellText, type ColumnConfig, Table } from '@backstage/ui';
import tables from '../tables.module.css';
import { formatRatio } from '../../words';
import { type Tenth, tenths } from './tenths';

const columns: ColumnConfig<Tenth>[] = [
  {
    id: 'name',
    label: 'Part of the predicted distribution',
    isRowHeader: true,
    cell: ({ name }) => <CellText title={name} />,
  },
  {
    id: 'share',
    label: 'Windows in it',
    cell: ({ share }) => (
      <CellText
        data-column="Windows in it"
        title={formatRatio(share)}
        className={tables.amount}
      />
    ),
  },
];

/** The PIT histogram in figures. */
export function SpreadTable(props: { histogram: number[] }) {
  return (
    <Table
      className={tables.table}
      columnConfig={columns}
      data={tenths(props.histogram)}
      pagination={{ type: 'none' }}
    />
  );
}
