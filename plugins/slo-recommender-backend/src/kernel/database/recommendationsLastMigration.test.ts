import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { createTestDatabases } from '../../__testUtils__/databases';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const directory = resolvePackagePath(
  'backstage-plugin-slo-recommender-backend',
  'migrations',
);
const MIGRATION = '20261130020000_recommendations_last.js';
const INSTANT = '2026-01-01T00:00:00.000Z';

describe.each(databases.eachSupportedId())(
  'the migration that moves recommendations behind all other columns on %s',
  databaseId => {
    it('keeps them, there and back', async () => {
      const knex = await databases.init(databaseId);
      const list = async () => {
        const [, pending] = await knex.migrate.list({ directory });
        return pending.map(({ file }: { file: string }) => file);
      };
      while ((await list())[0] !== MIGRATION) {
        await knex.migrate.up({ directory });
      }
      await knex('analyses').insert({
        id: 'a',
        trigger: 'request',
        as_of: INSTANT,
        status: 'completed',
        progress: 1,
        phase: 'Completed',
        services: 1,
        requested_at: INSTANT,
      });
      await knex('analysis_results').insert({
        analysis_id: 'a',
        entity_ref: 'component:default/a',
        as_of: INSTANT,
        verdict: 'ok',
        window_ms: 1,
        simulated: false,
        inputs_key: 'inputs',
        recommendations: '[{"sliType":"availability"}]',
      });
      const before = await knex('analysis_results').first();

      await knex.migrate.up({ directory });
      const after = await knex('analysis_results').first();
      expect(after).toEqual(before);
      expect(Object.keys(after).at(-1)).toBe('recommendations');

      await knex.migrate.down({ directory });
      await expect(knex('analysis_results').first()).resolves.toEqual(before);
      await knex.migrate.up({ directory });
      await expect(knex('analysis_results').first()).resolves.toEqual(before);
    });
  },
);
