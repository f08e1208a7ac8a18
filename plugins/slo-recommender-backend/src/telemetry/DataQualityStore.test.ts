import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { type DataQualityRecord, DataQualityStore } from './DataQualityStore';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const AT = new Date('2026-03-10T00:00:00Z');

const record = (
  name: string,
  overrides: Partial<DataQualityRecord> = {},
): DataQualityRecord => ({
  entityRef: `component:default/${name}`,
  sourceKey: 'key',
  failureDefinition: 'server spans with status ERROR',
  findings: [
    {
      code: 'bucket_floor',
      severity: 'info',
      message: 'Latencies below 100 ms “cannot” be told apart.',
      fix: null,
      snippet: { title: 'Tempo', language: 'yaml', text: 'a:\n  b: "c"' },
      gain: null,
    },
  ],
  ...overrides,
});

describe.each(databases.eachSupportedId())(
  'DataQualityStore on %s',
  databaseId => {
    async function createStore() {
      return new DataQualityStore(
        await openTestDatabase(databases, databaseId),
      );
    }

    it('gives back what was written, and nothing for others', async () => {
      const store = await createStore();
      await store.write([record('cart')], AT);
      await expect(
        store.read(['component:default/cart', 'component:default/search']),
      ).resolves.toEqual(new Map([['component:default/cart', record('cart')]]));
    });

    it('keeps no e-mail addresses and tokens that findings quote', async () => {
      const store = await createStore();
      const [finding] = record('cart').findings;
      await store.write(
        [
          record('cart', {
            findings: [
              {
                ...finding,
                message: 'environment="jane@example.org" and Bearer abcd1234',
              },
            ],
          }),
        ],
        AT,
      );
      const read = await store.read(['component:default/cart']);
      expect(read.get('component:default/cart')?.findings).toEqual([
        { ...finding, message: 'environment="[withheld]" and [withheld]' },
      ]);
    });

    it('keeps only the latest findings of a service', async () => {
      const store = await createStore();
      await store.write([record('cart')], AT);
      const mended = record('cart', {
        sourceKey: 'other',
        failureDefinition: null,
        findings: [],
      });
      await store.write([mended], AT);
      await expect(store.read(['component:default/cart'])).resolves.toEqual(
        new Map([['component:default/cart', mended]]),
      );
    });

    it('forgets what was found under other names', async () => {
      const store = await createStore();
      await store.write([record('cart'), record('search')], AT);
      await store.forgetOtherSources(
        new Map([
          ['component:default/cart', 'renamed'],
          ['component:default/unknown', 'key of nothing'],
        ]),
      );
      const left = await store.read([
        'component:default/cart',
        'component:default/search',
      ]);
      expect([...left.keys()]).toEqual(['component:default/search']);
    });

    it('takes more services than one statement holds', async () => {
      const store = await createStore();
      const records = Array.from({ length: 1_201 }, (_, index) =>
        record(`service-${index}`),
      );
      await store.write(records, AT);
      const read = await store.read(records.map(({ entityRef }) => entityRef));
      expect(read.size).toBe(1_201);
    });
  },
);
