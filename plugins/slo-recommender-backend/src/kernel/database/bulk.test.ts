import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import { deleteInBulk, insertInBulk, type Table, upsertInBulk } from './bulk';
import { isPostgres } from './database';

jest.setTimeout(60_000);

const databases = createTestDatabases();

interface Row {
  id: string;
  text: string | null;
  share: number | null;
  count: number;
  large: number | string;
  flag: boolean | number;
  data: Buffer | null;
}

const THINGS: Table<Row> = {
  table: 'things',
  columns: {
    id: 'text',
    text: 'text',
    share: 'double precision',
    count: 'integer',
    large: 'bigint',
    flag: 'boolean',
    data: 'bytea',
  },
  key: ['id'],
};

const aRow = (id: string, values: Partial<Row> = {}): Row => ({
  id,
  text: null,
  share: null,
  count: 0,
  large: 0,
  flag: false,
  data: null,
  ...values,
});

describe.each(databases.eachSupportedId())(
  'writing in bulk on %s',
  databaseId => {
    async function create() {
      const db = await openTestDatabase(databases, databaseId);
      await db.schema.createTable('things', table => {
        table.text('id').primary();
        table.text('text');
        table.double('share');
        table.integer('count');
        table.bigInteger('large');
        table.boolean('flag');
        table.binary('data');
      });
      const read = async () =>
        (await db<Row>('things').orderBy('id')).map(row => ({
          ...row,
          large: Number(row.large),
          flag: Boolean(row.flag),
          data: row.data && Buffer.from(row.data),
        }));
      return { db, read };
    }

    it('writes values of every type as they are', async () => {
      const { db, read } = await create();
      const rows = [
        aRow('a', {
          text: `"quotes", 'others', \\ud83d, \\, é, 😀, \n\t and {"a":[1]}`,
          share: 0.1 + 0.2,
          count: 16_777_215,
          large: 7_776_000_000,
          flag: true,
          data: Buffer.from([0, 255, 34, 92, 10]),
        }),
        aRow('b', { text: '', share: 5e-324, data: Buffer.alloc(0) }),
        aRow('c', { share: 1.7976931348623157e308 }),
      ];
      await upsertInBulk(db, THINGS, rows);
      await expect(read()).resolves.toEqual(rows);
    });

    it('binds what all rows share once, and writes it to each', async () => {
      const { db, read } = await create();
      let bindings = 0;
      db.on('query', query => {
        if (query.sql.startsWith('insert')) bindings += query.bindings.length;
      });
      const shared = { text: 'x', share: 0.5, data: Buffer.from([7]) };
      const rows = ['a', 'b', 'c'].map(id => aRow(id, shared));
      await upsertInBulk(db, THINGS, rows);
      await expect(read()).resolves.toEqual(rows);
      // on SQLite: the references, and each other column once
      expect(bindings).toBe(isPostgres(db) ? 1 : 3 + 6);
      await deleteInBulk(
        db,
        { table: 'things', columns: { id: 'text', text: 'text' } },
        rows.slice(0, 2).map(({ id, text }) => ({ id, text })),
      );
      await expect(read()).resolves.toEqual([rows[2]]);
    });

    it('replaces half a character', async () => {
      const { db, read } = await create();
      await insertInBulk(db, THINGS, [aRow('a', { text: 'cut \ud83d here' })]);
      await expect(read()).resolves.toMatchObject([
        { text: expect.stringMatching(/^cut \ufffd+ here$/) },
      ]);
    });

    it('writes more rows and longer texts than one statement carries', async () => {
      const { db, read } = await create();
      const rows = Array.from({ length: 6_000 }, (_, i) =>
        aRow(String(10_000 + i), {
          count: i,
          text: i % 100 === 0 ? 'long'.repeat(50_000) : null,
        }),
      );
      await insertInBulk(db, THINGS, rows);
      await expect(read()).resolves.toEqual(rows);
      await deleteInBulk(
        db,
        { table: 'things', columns: { id: 'text' } },
        rows.slice(1).map(({ id }) => ({ id })),
      );
      await expect(read()).resolves.toEqual(rows.slice(0, 1));
    });

    it('replaces rows that are there, or leaves them alone, or merges them', async () => {
      const { db, read } = await create();
      const counts = async () => (await read()).map(({ count }) => count);
      await upsertInBulk(db, THINGS, [aRow('a', { count: 1 })]);
      await insertInBulk(db, THINGS, [
        aRow('a', { count: 2 }),
        aRow('b', { count: 2 }),
      ]);
      await expect(counts()).resolves.toEqual([1, 2]);
      await upsertInBulk(db, THINGS, [
        aRow('b', { count: 3 }),
        aRow('c', { count: 3 }),
      ]);
      await expect(counts()).resolves.toEqual([1, 3, 3]);
      await upsertInBulk(db, THINGS, [aRow('a', { flag: true }), aRow('b')], {
        update: 'count = things.count + 10',
        compared: ['flag'],
      });
      await expect(counts()).resolves.toEqual([11, 3, 3]);
    });

    it('does nothing with no rows', async () => {
      const { db, read } = await create();
      await upsertInBulk(db, THINGS, []);
      await deleteInBulk(db, THINGS, []);
      await expect(read()).resolves.toEqual([]);
    });
  },
);
