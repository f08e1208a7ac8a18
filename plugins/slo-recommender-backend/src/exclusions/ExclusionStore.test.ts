import type { Exclusion } from 'backstage-plugin-slo-recommender-common';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { ExclusionStore } from './ExclusionStore';
import { readFingerprints } from '../kernel/database/serviceRevisions';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const CART = 'component:default/cart';
const WITHDRAWAL = { by: 'user:default/bob', at: '2026-03-12T00:00:00.000Z' };

const exclusion = (
  id: string,
  overrides: Partial<Exclusion> = {},
): Omit<Exclusion, 'withdrawn'> => ({
  id,
  from: '2026-03-10T12:00:00.000Z',
  to: '2026-03-10T15:00:00.000Z',
  reason: 'Data centre moved',
  owner: 'user:default/ada',
  createdAt: '2026-03-11T00:00:00.000Z',
  ...overrides,
});

const accept = () => {};

describe.each(databases.eachSupportedId())(
  'ExclusionStore on %s',
  databaseId => {
    async function create() {
      const database = await openTestDatabase(databases, databaseId);
      return { database, store: new ExclusionStore(database) };
    }

    it('gives back what was excluded, the newest first', async () => {
      const { store } = await create();
      const later = { createdAt: '2026-03-11T00:00:01.000Z' };
      await store.add(CART, exclusion('a'), accept);
      await store.add(CART, exclusion('b', later), accept);
      await store.add('component:default/search', exclusion('c'), accept);
      await expect(store.list(CART)).resolves.toEqual([
        { ...exclusion('b', later), withdrawn: null },
        { ...exclusion('a'), withdrawn: null },
      ]);
    });

    it('writes nothing where the check refuses', async () => {
      const { database, store } = await create();
      await store.add(CART, exclusion('a'), accept);
      const check = jest.fn(() => {
        throw new Error('too much');
      });
      await expect(store.add(CART, exclusion('b'), check)).rejects.toThrow(
        'too much',
      );
      expect(check).toHaveBeenCalledWith([
        {
          id: 'a',
          fromMs: Date.parse('2026-03-10T12:00:00Z'),
          toMs: Date.parse('2026-03-10T15:00:00Z'),
          reason: 'Data centre moved',
          owner: 'user:default/ada',
        },
      ]);
      await expect(store.list(CART)).resolves.toHaveLength(1);
      await expect(readFingerprints(database)).resolves.toEqual(
        new Map([[CART, '1']]),
      );
    });

    it('checks those that are added at once one after the other', async () => {
      const { store } = await create();
      const attempts = await Promise.allSettled(
        Array.from({ length: 6 }, (_, index) =>
          store.add(CART, exclusion(`${index}`), active => {
            if (active.length >= 2) throw new Error('two are enough');
          }),
        ),
      );
      expect(
        attempts.filter(({ status }) => status === 'fulfilled'),
      ).toHaveLength(2);
      await expect(store.list(CART)).resolves.toHaveLength(2);
    });

    it('withdraws once, and keeps what was withdrawn', async () => {
      const { database, store } = await create();
      await store.add(CART, exclusion('a'), accept);
      await expect(store.withdraw(CART, 'a', WITHDRAWAL)).resolves.toBe(true);
      await expect(
        store.withdraw(CART, 'a', { ...WITHDRAWAL, by: 'user:default/eve' }),
      ).resolves.toBe(false);
      await expect(store.get(CART, 'a')).resolves.toEqual({
        ...exclusion('a'),
        withdrawn: WITHDRAWAL,
      });
      await expect(store.list(CART)).resolves.toHaveLength(1);
      await expect(store.readActive([CART])).resolves.toEqual(new Map());
      await expect(readFingerprints(database)).resolves.toEqual(
        new Map([[CART, '2']]),
      );
    });

    it('does not withdraw what belongs to another service', async () => {
      const { store } = await create();
      await store.add(CART, exclusion('a'), accept);
      const search = 'component:default/search';
      await expect(store.withdraw(search, 'a', WITHDRAWAL)).resolves.toBe(
        false,
      );
      await expect(store.get(search, 'a')).resolves.toBeUndefined();
      await expect(store.get(CART, 'a')).resolves.toMatchObject({
        withdrawn: null,
      });
    });

    it('reads what holds of more services than one statement takes, in the order in which it was asked for', async () => {
      const { store } = await create();
      const refs = Array.from(
        { length: 1_201 },
        (_, index) => `component:default/service-${index}`,
      );
      const early = {
        from: '2026-03-01T00:00:00.000Z',
        to: '2026-03-01T01:00:00.000Z',
      };
      await store.add(refs[0], exclusion('a'), accept);
      await store.add(refs[1_200], exclusion('b'), accept);
      await store.add(
        refs[1_200],
        exclusion('c', { ...early, createdAt: '2026-03-20T00:00:00.000Z' }),
        accept,
      );
      const active = await store.readActive(refs);
      expect([...active].map(([ref, ranges]) => [ref, ranges.length])).toEqual([
        [refs[0], 1],
        [refs[1_200], 2],
      ]);
      expect(active.get(refs[1_200])?.[1].fromMs).toBe(Date.parse(early.from));
    });
  },
);
