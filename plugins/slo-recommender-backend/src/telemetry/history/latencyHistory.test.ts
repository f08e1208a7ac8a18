import type { HourlyLatencies } from 'backstage-plugin-slo-recommender-node';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import { LATENCY_HISTOGRAMS } from './histogramsCodec';
import { HourlyHistoryStore } from './HourlyHistoryStore';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const REF = 'component:default/checkout';
const ASKED_AT = new Date('2026-03-10T00:00:00Z');

const range = (from: string, to: string) => ({
  from: new Date(`2026-03-${from}:00:00Z`),
  to: new Date(`2026-03-${to}:00:00Z`),
});

/** Latencies told hour by hour, in requests by bucket; undefined is unknown. */
const latencies = (
  boundsSeconds: number[],
  ...hours: (number[] | undefined)[]
): HourlyLatencies => ({
  boundsSeconds: Float64Array.from(boundsSeconds),
  counts: Array.from({ length: boundsSeconds.length + 1 }, (_, bucket) =>
    Float64Array.from(hours, hour => hour?.[bucket] ?? NaN),
  ),
  evidence: 'span-metrics',
});

const fetched = (told: HourlyLatencies | undefined, sourceKey = 'key') => ({
  entityRef: REF,
  sourceKey,
  values: told,
});

describe.each(databases.eachSupportedId())(
  'HourlyHistoryStore of latencies on %s',
  databaseId => {
    async function createStore() {
      const knex = await openTestDatabase(databases, databaseId);
      const store = new HourlyHistoryStore(knex);
      const bucketsOf = async (hours: ReturnType<typeof range>) => {
        const stored = (await store.read(LATENCY_HISTOGRAMS, [REF], hours)).get(
          REF,
        );
        return (
          stored && {
            bounds: [...stored.series.boundsSeconds],
            counts: stored.series.counts.map(bucket => [...bucket]),
          }
        );
      };
      return { knex, store, bucketsOf };
    }

    it('gives back what was written, across midnight, and NaN for what was not', async () => {
      const { store } = await createStore();
      const big = 2 ** 53 - 1;
      await store.write(
        LATENCY_HISTOGRAMS,
        range('01T22', '02T02'),
        [
          fetched(
            latencies([0.1, 1], [1, 2, 3], undefined, [0, 0, 0], [0, big, 0]),
          ),
        ],
        ASKED_AT,
      );
      const hours = range('01T21', '02T03');
      const read = await store.read(
        LATENCY_HISTOGRAMS,
        [REF, 'component:default/other'],
        hours,
      );
      expect(read).toEqual(
        new Map([
          [
            REF,
            {
              series: {
                startMs: hours.from.getTime(),
                boundsSeconds: Float64Array.of(0.1, 1),
                counts: [
                  Float64Array.of(NaN, 1, NaN, 0, 0, NaN),
                  Float64Array.of(NaN, 2, NaN, 0, big, NaN),
                  Float64Array.of(NaN, 3, NaN, 0, 0, NaN),
                ],
              },
              evidence: 'span-metrics',
            },
          ],
        ]),
      );
    });

    it('keeps one row a day, in which what is known stays', async () => {
      const { knex, store, bucketsOf } = await createStore();
      await store.write(
        LATENCY_HISTOGRAMS,
        range('01T00', '01T02'),
        [fetched(latencies([1], [1, 1], undefined))],
        ASKED_AT,
      );
      await store.write(
        LATENCY_HISTOGRAMS,
        range('01T00', '01T03'),
        [fetched(latencies([1], [9, 9], [2, 2], [3, 3]))],
        ASKED_AT,
      );
      await store.write(
        LATENCY_HISTOGRAMS,
        range('01T00', '01T03'),
        [fetched(undefined)],
        ASKED_AT,
      );
      const [{ count }] = await knex('hourly_history').count({ count: '*' });
      expect(Number(count)).toBe(1);
      await expect(bucketsOf(range('01T00', '01T03'))).resolves.toEqual({
        bounds: [1],
        counts: [
          [1, 2, 3],
          [1, 2, 3],
        ],
      });
      const [{ payload }] = await knex('hourly_history');
      // one set of buckets: bound, mask, and four bytes an hour
      expect(payload).toHaveLength(1 + 8 + 4 + 3 * 4);
    });

    it('takes hours that cannot be for unknown, and has them asked for again', async () => {
      const { store, bucketsOf } = await createStore();
      const hours = range('01T00', '01T04');
      const told = latencies([1], [1, -1], [NaN, 1], [2 ** 53, 2], [4, 4]);
      await store.write(LATENCY_HISTOGRAMS, hours, [fetched(told)], ASKED_AT);
      await expect(bucketsOf(hours)).resolves.toMatchObject({
        counts: [
          [NaN, NaN, NaN, 4],
          [NaN, NaN, NaN, 4],
        ],
      });
      await expect(
        store.coverage(LATENCY_HISTOGRAMS, [REF], hours),
      ).resolves.toEqual([
        {
          entityRef: REF,
          dayMs: Date.parse('2026-03-01'),
          sourceKey: 'key',
          askedHours: 0b1111,
          knownHours: 0b1000,
          askedAt: ASKED_AT,
        },
      ]);
      await store.askAgain(LATENCY_HISTOGRAMS, [REF], hours);
      await expect(
        store.coverage(LATENCY_HISTOGRAMS, [REF], hours),
      ).resolves.toMatchObject([{ askedHours: 0, knownHours: 0b1000 }]);
    });

    it('rounds fractions so that no request is lost', async () => {
      const { store, bucketsOf } = await createStore();
      const hours = range('01T00', '01T01');
      const told = latencies([1, 2, 5], [0.4, 0.4, 0.4, 3.8]);
      await store.write(LATENCY_HISTOGRAMS, hours, [fetched(told)], ASKED_AT);
      await expect(bucketsOf(hours)).resolves.toMatchObject({
        counts: [[0], [1], [0], [4]],
      });
    });

    it('does not mix histograms that were asked of another source', async () => {
      const { store, bucketsOf } = await createStore();
      await store.write(
        LATENCY_HISTOGRAMS,
        range('01T00', '01T02'),
        [fetched(latencies([1], [1, 1], [2, 2]))],
        ASKED_AT,
      );
      await store.write(
        LATENCY_HISTOGRAMS,
        range('01T01', '01T02'),
        [fetched(latencies([1], [200, 0]), 'another')],
        ASKED_AT,
      );
      await expect(bucketsOf(range('01T00', '01T02'))).resolves.toEqual({
        bounds: [1],
        counts: [
          [NaN, 200],
          [NaN, 0],
        ],
      });
    });

    it('tells days with more and fewer buckets in those that they share, without a miscount', async () => {
      const { store, bucketsOf } = await createStore();
      await store.write(
        LATENCY_HISTOGRAMS,
        range('01T23', '02T00'),
        [fetched(latencies([0.1, 0.2, 0.5, 1], [1, 2, 4, 8, 16]))],
        ASKED_AT,
      );
      await store.write(
        LATENCY_HISTOGRAMS,
        range('02T00', '02T02'),
        [fetched(latencies([0.2, 0.3, 1], [1, 1, 1, 1], [2, 2, 2, 2]))],
        ASKED_AT,
      );
      await expect(bucketsOf(range('01T23', '02T02'))).resolves.toEqual({
        bounds: [0.2, 1],
        counts: [
          [3, 1, 2],
          [12, 2, 4],
          [16, 1, 2],
        ],
      });
    });

    it('leaves days unknown whose buckets have too little in common with the present ones', async () => {
      const { store, bucketsOf } = await createStore();
      await store.write(
        LATENCY_HISTOGRAMS,
        range('01T00', '02T00'),
        [fetched(latencies([1, 2, 5, 10], ...Array(24).fill([1, 1, 1, 1, 1])))],
        ASKED_AT,
      );
      await store.write(
        LATENCY_HISTOGRAMS,
        range('02T00', '02T02'),
        [fetched(latencies([0.1, 0.2, 1], [1, 2, 3, 4], [1, 2, 3, 4]))],
        ASKED_AT,
      );
      await store.write(
        LATENCY_HISTOGRAMS,
        range('02T02', '03T00'),
        [fetched(latencies([0.1, 0.2, 1], ...Array(22).fill([1, 2, 3, 4])))],
        ASKED_AT,
      );
      await expect(bucketsOf(range('01T23', '02T01'))).resolves.toBeDefined();
      await expect(bucketsOf(range('01T00', '03T00'))).resolves.toEqual({
        bounds: [0.1, 0.2, 1],
        counts: [1, 2, 3, 4].map(count => [
          ...Array(24).fill(NaN),
          ...Array(24).fill(count),
        ]),
      });
    });

    it('forgets what was last asked for before an instant', async () => {
      const { store } = await createStore();
      const hours = range('01T00', '01T01');
      await store.write(
        LATENCY_HISTOGRAMS,
        hours,
        [fetched(latencies([1], [1, 1]))],
        ASKED_AT,
      );
      await expect(store.deleteAskedBefore(ASKED_AT)).resolves.toBe(0);
      await expect(
        store.deleteAskedBefore(new Date('2026-03-11T00:00:00Z')),
      ).resolves.toBe(1);
    });
  },
);
