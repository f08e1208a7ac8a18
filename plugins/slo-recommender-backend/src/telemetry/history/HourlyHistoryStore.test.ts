import type { CountSeries } from 'backstage-plugin-slo-recommender-engine';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import type { HourlySeries } from './codec';
import { AVAILABILITY_COUNTS, type Counts } from './countsCodec';
import { HourlyHistoryStore } from './HourlyHistoryStore';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const REF = 'component:default/checkout';
const ASKED_AT = new Date('2026-03-10T00:00:00Z');

const range = (from: string, to: string) => ({
  from: new Date(from),
  to: new Date(to),
});

const counts = (total: number[], sourceKey = 'key') => ({
  entityRef: REF,
  sourceKey,
  values: {
    total: Float64Array.from(total),
    bad: Float64Array.from(total, value => value / 10),
    evidence: 'span-metrics',
  },
});

describe.each(databases.eachSupportedId())(
  'HourlyHistoryStore of counts on %s',
  databaseId => {
    async function createStore() {
      const knex = await openTestDatabase(databases, databaseId);
      return { knex, store: new HourlyHistoryStore(knex) };
    }

    it('gives back what was written, across midnight, and NaN for what was not', async () => {
      const { store } = await createStore();
      await store.write(
        AVAILABILITY_COUNTS,
        range('2026-03-01T22:00:00Z', '2026-03-02T02:00:00Z'),
        [counts([10, NaN, 30, 2 ** 53])],
        ASKED_AT,
      );
      const read = await store.read(
        AVAILABILITY_COUNTS,
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
      await store.write(
        AVAILABILITY_COUNTS,
        first,
        [counts([1, 2, 3])],
        ASKED_AT,
      );
      await store.write(
        AVAILABILITY_COUNTS,
        first,
        [counts([1, 2, 3])],
        ASKED_AT,
      );
      await store.write(
        AVAILABILITY_COUNTS,
        later,
        [counts([30, 40])],
        ASKED_AT,
      );

      const [{ count }] = await knex('hourly_history').count({ count: '*' });
      expect(Number(count)).toBe(1);
      const read = await store.read(
        AVAILABILITY_COUNTS,
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
      known.values.total[30] = -5;
      await store.write(AVAILABILITY_COUNTS, days, [known], ASKED_AT);
      const lost = counts(Array(72).fill(NaN));
      lost.values.total[30] = 7;
      lost.values.bad[30] = 0;
      await store.write(AVAILABILITY_COUNTS, days, [lost], ASKED_AT);
      const read = await store.read(AVAILABILITY_COUNTS, [REF], days);
      const expected = Array.from({ length: 72 }, (_, hour) => hour);
      expected[30] = 7;
      expect([...(read.get(REF)?.series.total ?? [])]).toEqual(expected);
    });

    it('does not mix counts that were asked of another source', async () => {
      const { store } = await createStore();
      const day = range('2026-03-01T00:00:00Z', '2026-03-01T02:00:00Z');
      await store.write(AVAILABILITY_COUNTS, day, [counts([1, 2])], ASKED_AT);
      await store.write(
        AVAILABILITY_COUNTS,
        range('2026-03-01T01:00:00Z', '2026-03-01T02:00:00Z'),
        [counts([200], 'another')],
        ASKED_AT,
      );
      const read = await store.read(AVAILABILITY_COUNTS, [REF], day);
      expect([...(read.get(REF)?.series.total ?? [])]).toEqual([NaN, 200]);
    });

    it('knows which hours were asked for and which of them had counts', async () => {
      const { store } = await createStore();
      const asked = range('2026-03-01T00:00:00Z', '2026-03-01T03:00:00Z');
      await store.write(
        AVAILABILITY_COUNTS,
        asked,
        [counts([1, NaN, 3])],
        ASKED_AT,
      );
      await expect(
        store.coverage(AVAILABILITY_COUNTS, [REF], asked),
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
      await store.write(AVAILABILITY_COUNTS, day, [counts([1])], ASKED_AT);
      await expect(store.deleteAskedBefore(ASKED_AT)).resolves.toBe(0);
      await expect(
        store.deleteAskedBefore(new Date('2026-03-11T00:00:00Z')),
      ).resolves.toBe(1);
    });

    it('takes days in another encoding for not stored, and writes them anew', async () => {
      const { knex, store } = await createStore();
      const day = range('2026-03-01T00:00:00Z', '2026-03-01T02:00:00Z');
      await store.write(AVAILABILITY_COUNTS, day, [counts([1, 2])], ASKED_AT);
      await knex('hourly_history').update({
        codec_version: 3,
        payload: Buffer.of(7),
      });

      const totals = async () => {
        const read = await store.read(AVAILABILITY_COUNTS, [REF], day);
        return [...(read.get(REF)?.series.total ?? [])];
      };
      await expect(totals()).resolves.toEqual([NaN, NaN]);
      await expect(
        store.coverage(AVAILABILITY_COUNTS, [REF], day),
      ).resolves.toEqual([]);

      await store.write(AVAILABILITY_COUNTS, day, [counts([NaN, 3])], ASKED_AT);
      await expect(totals()).resolves.toEqual([NaN, 3]);
      await expect(knex('hourly_history')).resolves.toMatchObject([
        { codec_version: 2, asked_hours: 0b11, known_hours: 0b10 },
      ]);
    });

    it('keeps requests whose outcome cannot be read, in hours that are known and in others', async () => {
      const { knex, store } = await createStore();
      const day = range('2026-03-01T00:00:00Z', '2026-03-01T03:00:00Z');
      const { values, ...asked } = counts([10, NaN, NaN]);
      const write = (unknown: number[]) =>
        store.write(
          AVAILABILITY_COUNTS,
          day,
          [
            {
              ...asked,
              values: { ...values, unknown: Float64Array.from(unknown) },
            },
          ],
          ASKED_AT,
        );
      const unknown = async () => {
        const read = await store.read(AVAILABILITY_COUNTS, [REF], day);
        return [...(read.get(REF)?.series.unknown ?? [])];
      };
      await write([1, 20, 30]);
      await expect(unknown()).resolves.toEqual([1, 20, 30]);
      await expect(knex('hourly_history')).resolves.toMatchObject([
        { evidence: 'span-metrics', known_hours: 0b001 },
      ]);

      // hours that are not known are asked for again, and may then be read
      await store.write(
        AVAILABILITY_COUNTS,
        day,
        [counts([9, 25, NaN])],
        ASKED_AT,
      );
      await expect(unknown()).resolves.toEqual([1, 0, 0]);
      await expect(knex('hourly_history')).resolves.toMatchObject([
        { known_hours: 0b011 },
      ]);
    });

    it('reads days of the version without them, and adds to these', async () => {
      const { knex, store } = await createStore();
      const day = range('2026-03-01T00:00:00Z', '2026-03-01T02:00:00Z');
      await store.write(AVAILABILITY_COUNTS, day, [counts([7, NaN])], ASKED_AT);
      await expect(knex('hourly_history').first('payload')).resolves.toEqual({
        payload: expect.objectContaining({ length: 384 }),
      });
      await knex('hourly_history').update({ codec_version: 1 });
      const read = async () =>
        (await store.read(AVAILABILITY_COUNTS, [REF], day)).get(REF)?.series;
      await expect(read()).resolves.toEqual({
        startMs: day.from.getTime(),
        total: Float64Array.of(7, NaN),
        bad: Float64Array.of(0.7, NaN),
      });
      await expect(
        store.coverage(AVAILABILITY_COUNTS, [REF], day),
      ).resolves.toMatchObject([{ knownHours: 0b01 }]);

      const { values, ...asked } = counts([8, 8]);
      const unknown = Float64Array.of(5, 5);
      await store.write(
        AVAILABILITY_COUNTS,
        day,
        [{ ...asked, values: { ...values, unknown } }],
        ASKED_AT,
      );
      await expect(read()).resolves.toMatchObject({
        total: Float64Array.of(7, 8),
        unknown: Float64Array.of(0, 5),
      });
      await expect(knex('hourly_history')).resolves.toMatchObject([
        { codec_version: 2 },
      ]);
    });

    it('keeps kinds, names and environments apart', async () => {
      const { store } = await createStore();
      const day = range('2026-03-01T00:00:00Z', '2026-03-01T01:00:00Z');
      const all: HourlySeries<Counts, CountSeries>[] = [
        AVAILABILITY_COUNTS,
        { ...AVAILABILITY_COUNTS, name: 'checkout-api' },
        { ...AVAILABILITY_COUNTS, environment: 'production' },
        {
          ...AVAILABILITY_COUNTS,
          codec: { ...AVAILABILITY_COUNTS.codec, kind: 'five-minute counts' },
        },
      ];
      for (const [index, series] of all.entries()) {
        await store.write(series, day, [counts([index])], ASKED_AT);
      }
      await store.askAgain(all[1], [REF], day);
      for (const [index, series] of all.entries()) {
        const read = await store.read(series, [REF], day);
        expect([...(read.get(REF)?.series.total ?? [])]).toEqual([index]);
        const [{ askedHours }] = await store.coverage(series, [REF], day);
        expect(askedHours).toBe(index === 1 ? 0 : 1);
      }
      await expect(
        store.deleteAskedBefore(new Date('2026-03-11T00:00:00Z')),
      ).resolves.toBe(4);
    });

    it('writes a month of a hundred services in at most one statement for each hundred rows, and reads it in few', async () => {
      const { knex, store } = await createStore();
      const month = range('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z');
      const services = Array.from({ length: 100 }, (_, index) => ({
        ...counts(Array(31 * 24).fill(index)),
        entityRef: `component:default/${index}`,
      }));
      const statements: string[] = [];
      knex.on('query', ({ sql }) => statements.push(sql.split(' ')[0]));
      await store.write(AVAILABILITY_COUNTS, month, services, ASKED_AT);
      const count = (verb: string) =>
        statements.filter(sql => sql === verb).length;
      expect(count('insert')).toBeLessThanOrEqual(40);
      // one for each transaction
      expect(count('select')).toBe(4);

      statements.length = 0;
      const refs = services.map(({ entityRef }) => entityRef);
      const read = await store.read(AVAILABILITY_COUNTS, refs, month);
      expect(read.get(refs[99])?.series.total.every(n => n === 99)).toBe(true);
      expect(statements).toHaveLength(7);
    });
  },
);
