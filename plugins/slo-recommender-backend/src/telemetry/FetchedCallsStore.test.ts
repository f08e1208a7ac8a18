import type { ObservedDependency } from 'backstage-plugin-slo-recommender-node';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { FetchedCallsStore } from './FetchedCallsStore';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const RANGE = {
  from: new Date('2026-03-01T00:00:00Z'),
  to: new Date('2026-03-08T00:00:00Z'),
};
const AN_HOUR_LATER = { ...RANGE, to: new Date('2026-03-08T01:00:00Z') };

const CALL: ObservedDependency = {
  client: 'checkout',
  server: '支付\u{1f4b3}',
  connectionType: 'request',
  calls: 2 ** 53,
  failedCalls: 1,
  latency: {
    side: 'server',
    p50: { fromSeconds: 0, toSeconds: 0.1 },
    p95: { fromSeconds: 0.1, toSeconds: 0.2 },
    p99: { fromSeconds: 0.2, toSeconds: null },
  },
  firstSeenAt: new Date('2026-03-02T00:00:00Z'),
  lastSeenAt: new Date('2026-03-07T23:59:59.999Z'),
};
const FETCHED = { survey: '[["question","answer"]]', calls: [CALL] };

describe.each(databases.eachSupportedId())(
  'FetchedCallsStore on %s',
  databaseId => {
    const createStore = async () =>
      new FetchedCallsStore(await openTestDatabase(databases, databaseId));

    it('gives back what was saved, to whom asks for the same range of the same datasource', async () => {
      const store = await createStore();
      await store.save('main', RANGE, FETCHED);
      await expect(store.load('main', RANGE)).resolves.toEqual(FETCHED);
      await expect(store.load('main', AN_HOUR_LATER)).resolves.toBeUndefined();
      await expect(store.load('other', RANGE)).resolves.toBeUndefined();
    });

    it('keeps the last that was saved of each datasource', async () => {
      const store = await createStore();
      await store.save('main', RANGE, FETCHED);
      await store.save('other', RANGE, FETCHED);
      await store.save('main', AN_HOUR_LATER, { calls: [] });
      await expect(store.load('main', RANGE)).resolves.toBeUndefined();
      await expect(store.load('main', AN_HOUR_LATER)).resolves.toEqual({
        calls: [],
      });
      await expect(store.load('other', RANGE)).resolves.toEqual(FETCHED);
    });

    it('forgets one datasource and no other', async () => {
      const store = await createStore();
      await store.save('main', RANGE, FETCHED);
      await store.save('other', RANGE, FETCHED);
      await store.clear('main');
      await expect(store.load('main', RANGE)).resolves.toBeUndefined();
      await expect(store.load('other', RANGE)).resolves.toEqual(FETCHED);
    });
  },
);
