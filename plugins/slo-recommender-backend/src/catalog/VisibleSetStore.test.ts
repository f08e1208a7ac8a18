import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { VisibleSetStore } from './VisibleSetStore';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const HOUR_MS = 3_600_000;

describe.each(databases.eachSupportedId())(
  'VisibleSetStore on %s',
  databaseId => {
    async function createStore() {
      const knex = await openTestDatabase(databases, databaseId);
      let nowMs = Date.UTC(2026, 0, 1);
      return {
        knex,
        sets: new VisibleSetStore(knex, () => new Date(nowMs)),
        pass: (ms: number) => {
          nowMs += ms;
        },
      };
    }

    it('stores the same set once, and no two sets under one ID', async () => {
      const { knex, sets } = await createStore();
      const [one, same, other] = await Promise.all([
        sets.save(['component:default/a', 'component:default/b']),
        sets.save(['component:default/b', 'component:default/a']),
        sets.save(['component:default/a']),
      ]);
      expect(same).toBe(one);
      expect(other).not.toBe(one);
      const rows = await knex('visible_entities').orderBy('entity_ref');
      expect(rows).toHaveLength(3);
      expect(rows.filter(row => row.set_id === other)).toEqual([
        { set_id: other, entity_ref: 'component:default/a' },
      ]);
    });

    it('deletes a set that nobody used for an hour, with its rows', async () => {
      const { knex, sets, pass } = await createStore();
      const used = await sets.save(['component:default/a']);
      const unused = await sets.save(['component:default/b']);
      pass(HOUR_MS);
      await sets.save(['component:default/a']);
      pass(1);
      const added = await sets.save(['component:default/c']);
      expect(await knex('visible_sets').pluck('id')).not.toContain(unused);
      expect(
        await knex('visible_entities').orderBy('entity_ref').pluck('set_id'),
      ).toEqual([used, added]);
      await expect(sets.save(['component:default/b'])).resolves.toBe(unused);
    });
  },
);
