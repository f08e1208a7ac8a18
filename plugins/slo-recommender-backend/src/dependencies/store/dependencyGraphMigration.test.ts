import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { createTestDatabases } from '../../__testUtils__/databases';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const directory = resolvePackagePath(
  'backstage-plugin-slo-recommender-backend',
  'migrations',
);
const MIGRATION = '20261122010000_dependency_graph.js';

const declared = (target_id: string, kind: string) => ({
  source_id: 'component:default/a',
  target_id,
  origin: 'catalog',
  kind,
});

describe.each(databases.eachSupportedId())(
  'the migration to a graph of many sources on %s',
  databaseId => {
    it('carries edges over, and gives back what was declared', async () => {
      const knex = await databases.init(databaseId);
      const up = () => knex.migrate.up({ directory });
      let [, [applied]] = await up();
      while (applied !== '20261121000000_init.js') [, [applied]] = await up();
      const before = [
        declared('component:default/b', 'hard'),
        declared('component:default/c', 'soft'),
        declared('component:default/d', 'async'),
      ];
      await knex('dependencies').insert(before);
      await knex('dependencies').insert({
        ...declared('undeclared:x:y', 'hard'),
        origin: 'telemetry:a',
        calls: 10,
        failed_calls: 1,
        seconds: 60,
        first_seen_at: '2026-03-01T00:00:00.000Z',
        last_seen_at: '2026-03-02T00:00:00.000Z',
      });

      while (applied !== MIGRATION) [, [applied]] = await up();
      await expect(
        knex('dependency_edges')
          .orderBy(['origin', 'target_name'])
          .select(
            'target_name',
            'claim',
            'kind',
            'strength',
            'calls',
            'reports',
          ),
      ).resolves.toEqual(
        [
          ['component:default/b', 'declared', null, 'hard', null],
          ['component:default/c', 'declared', null, 'soft', null],
          ['component:default/d', 'declared', 'async', 'soft', null],
          ['x:y', 'observed', 'sync', null, 10],
        ].map(([target_name, claim, kind, strength, calls]) => ({
          target_name,
          claim,
          kind,
          strength,
          calls,
          reports: 1,
        })),
      );

      await knex('dependency_nodes').insert({
        origin: 'report:mesh',
        name: 'x',
        aliases: '[]',
        told_at: '2026-03-02T00:00:00.000Z',
      });
      await knex('dependency_cycles').insert({
        id: 'cycle',
        members: '[]',
        detected_at: '2026-03-02T00:00:00.000Z',
      });
      await knex.migrate.down({ directory });
      await expect(
        knex('dependencies')
          .orderBy('target_id')
          .select('source_id', 'target_id', 'origin', 'kind'),
      ).resolves.toEqual(before);
      await knex.migrate.latest({ directory });
      await expect(
        knex('dependency_edges').count({ count: '*' }).first(),
      ).resolves.toEqual({ count: expect.anything() });
    });
  },
);
