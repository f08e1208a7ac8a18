import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { createTestDatabases } from '../../__testUtils__/databases';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const directory = resolvePackagePath(
  'backstage-plugin-slo-recommender-backend',
  'migrations',
);
const MIGRATION = '20261123000000_hourly_history.js';

const COMMON = {
  entity_ref: 'component:default/a',
  source_key: 'key',
  asked_hours: 0b111,
  known_hours: 0b101,
  asked_at: '2026-03-02T00:00:00.000Z',
};
const COUNTS = {
  ...COMMON,
  sli_type: 'availability',
  day: '2026-03-01',
  evidence: 'span-metrics',
  counts: Buffer.alloc(384, 1),
};
const LATENCIES = {
  ...COMMON,
  day: '2026-03-01',
  evidence: null,
  histograms: Buffer.of(0, 1, 2),
};

describe.each(databases.eachSupportedId())(
  'the migration to one history on %s',
  databaseId => {
    it('takes every day along, up, down and up again', async () => {
      const knex = await databases.init(databaseId);
      for (;;) {
        const [, [applied]] = await knex.migrate.up({ directory });
        if (applied === MIGRATION) break;
      }
      await knex.migrate.down({ directory });
      await knex('sli_history').insert([
        COUNTS,
        { ...COUNTS, day: '2026-03-02' },
      ]);
      await knex('latency_history').insert(LATENCIES);

      await knex.migrate.up({ directory });
      const rows = () => knex('hourly_history').orderBy(['kind', 'day']);
      const { sli_type: name, counts, ...stored } = COUNTS;
      const day = {
        ...stored,
        kind: 'counts',
        name,
        environment: 'all',
        codec_version: 1,
        payload: counts,
      };
      const expected = [
        day,
        { ...day, day: '2026-03-02' },
        {
          ...day,
          kind: 'latencies',
          name: 'latency',
          evidence: null,
          payload: LATENCIES.histograms,
        },
      ];
      await expect(rows()).resolves.toEqual(expected);

      // what had no place before is left behind
      await knex('hourly_history').insert([
        { ...day, environment: 'production' },
        { ...day, day: '2026-03-03', codec_version: 2 },
        { ...day, kind: 'edges', name: 'component:default/b' },
      ]);
      await knex.migrate.down({ directory });
      await expect(knex('sli_history').orderBy('day')).resolves.toEqual([
        COUNTS,
        { ...COUNTS, day: '2026-03-02' },
      ]);
      await expect(knex('latency_history')).resolves.toEqual([LATENCIES]);

      await knex.migrate.up({ directory });
      await expect(rows()).resolves.toEqual(expected);
    });
  },
);
