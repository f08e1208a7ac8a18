import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { type FetchedCounts, SliHistoryStore } from './SliHistoryStore';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const REF = 'component:default/checkout';
const ASKED_AT = new Date('2026-03-10T00:00:00Z');

const range = (from: string, to: string) => ({
  from: new Date(from),
  to: new Date(to),
});

const counts = (
  total: number[],
  overrides: Partial<FetchedCounts> = {},
): FetchedCounts => ({
  entityRef: REF,
  sourceKey: 'key',
  evidence: 'span-metrics',
  total: Float64Array.from(total),
  bad: Float64Array.from(total, value => value / 10),
  ...overrides,
});

describe.each(databases.eachSupportedId())(
  'SliHistoryStore on %s',
  databaseId => {
    async function createStore() {
      const knex = await openTestDatabase(databases, databaseId);
      return { knex, store: new SliHistoryStore(knex) };
    }

    it('gives back what was written, across midnight, and NaN for what was not', async () => {
      const { store } = await createStore();
      await store.write(
        'availability',
        range('2026-03-01T22:00:00Z', '2026-03-02T02:00:00Z'),
        [counts([10, NaN, 30, 2 ** 53])],
        ASKED_AT,
      );
      const read = await store.read(
        'availability',
        [REF, 'component:default/other'],
        range('2026-03-01T21:00:00Z', '2026-03-02T03:00:00Z'),
      );
      expect([...(read.get(REF)?.series.total ?? [])]).toEqual([
        NaN,
        10,
        NaN,
        30,
        2 ** 53,
        NaN,
      ]);
      expect(read.get(REF)?.series.bad[1]).toBe(1);
      expect(read.get(REF)?.evidence).toBe('span-metrics');
      expect(
        read.get('component:default/other')?.series.total.every(Number.isNaN),
      ).toBe(true);
    });

    it('keeps one row a day however often it is written, and what is known stays', async () => {
      const { knex, store } = await createStore();
      const first = range('2026-03-01T00:00:00Z', '2026-03-01T03:00:00Z');
      const later = range('2026-03-01T02:00:00Z', '2026-03-01T04:00:00Z');
      await store.write('availability', first, [counts([1, 2, 3])], ASKED_AT);
      await store.write('availability', first, [counts([1, 2, 3])], ASKED_AT);
      await store.write('availability', later, [counts([30, 40])], ASKED_AT);

      const [{ count }] = await knex('sli_history').count({ count: '*' });
      expect(Number(count)).toBe(1);
      const read = await store.read(
        'availability',
        [REF],
        range('2026-03-01T00:00:00Z', '2026-03-01T05:00:00Z'),
      );
      expect([...(read.get(REF)?.series.total ?? [])]).toEqual([
        1,
        2,
        3,
        40,
        NaN,
      ]);
    });

    it('does not let go of what is known when the source has lost it, and mends what could not be', async () => {
      const { store } = await createStore();
      const days = range('2026-03-01T00:00:00Z', '2026-03-04T00:00:00Z');
      const known = counts(Array.from({ length: 72 }, (_, hour) => hour));
      known.total[30] = -5;
      await store.write('availability', days, [known], ASKED_AT);
      const lost = counts(Array(72).fill(NaN));
      lost.total[30] = 7;
      lost.bad[30] = 0;
      await store.write('availability', days, [lost], ASKED_AT);
      const read = await store.read('availability', [REF], days);
      const expected = Array.from({ length: 72 }, (_, hour) => hour);
      expected[30] = 7;
      expect([...(read.get(REF)?.series.total ?? [])]).toEqual(expected);
    });

    it('does not mix counts that were asked of another source', async () => {
      const { store } = await createStore();
      const day = range('2026-03-01T00:00:00Z', '2026-03-01T02:00:00Z');
      await store.write('availability', day, [counts([1, 2])], ASKED_AT);
      await store.write(
        'availability',
        range('2026-03-01T01:00:00Z', '2026-03-01T02:00:00Z'),
        [counts([200], { sourceKey: 'another' })],
        ASKED_AT,
      );
      const read = await store.read('availability', [REF], day);
      expect([...(read.get(REF)?.series.total ?? [])]).toEqual([NaN, 200]);
    });

    it('knows which hours were asked for and which of them had counts', async () => {
      const { store } = await createStore();
      const asked = range('2026-03-01T00:00:00Z', '2026-03-01T03:00:00Z');
      await store.write('availability', asked, [counts([1, NaN, 3])], ASKED_AT);
      await expect(
        store.coverage('availability', [REF], asked),
      ).resolves.toEqual([
        {
          entityRef: REF,
          dayMs: Date.parse('2026-03-01'),
          sourceKey: 'key',
          askedHours: 0b111,
          knownHours: 0b101,
          askedAt: ASKED_AT,
        },
      ]);
    });

    it('forgets what was last asked for before an instant', async () => {
      const { store } = await createStore();
      const day = range('2026-03-01T00:00:00Z', '2026-03-01T01:00:00Z');
      await store.write('availability', day, [counts([1])], ASKED_AT);
      await expect(store.deleteAskedBefore(ASKED_AT)).resolves.toBe(0);
      await expect(
        store.deleteAskedBefore(new Date('2026-03-11T00:00:00Z')),
      ).resolves.toBe(1);
    });
  },
);
