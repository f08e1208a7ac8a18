import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { createTestDatabases } from '../../__testUtils__/databases';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const directory = resolvePackagePath(
  'backstage-plugin-slo-recommender-backend',
  'migrations',
);

const TABLES = [
  'entities',
  'dangling_references',
  'dependency_edges',
  'dependency_nodes',
  'dependency_cycles',
  'graph_version',
  'hourly_history',
  'data_quality',
  'datasource_status',
  'analyses',
  'analysis_results',
  'snapshots',
  'leases',
  'fetched_calls',
  'service_events',
  'exclusions',
  'service_revisions',
  'fleet_calibrations',
  'visible_sets',
  'visible_entities',
  'rate_limits',
];

describe.each(databases.eachSupportedId())('migrations on %s', databaseId => {
  it('go up, come down with rows in the tables, and go up again', async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory });
    await knex('analyses').insert({
      id: 'a',
      trigger: 'request',
      as_of: '2026-01-01T00:00:00.000Z',
      status: 'completed',
      progress: 1,
      phase: 'Completed',
      services: 1,
      requested_at: '2026-01-01T00:00:00.000Z',
    });
    await knex('analysis_results').insert({
      analysis_id: 'a',
      entity_ref: 'component:default/a',
      as_of: '2026-01-01T00:00:00.000Z',
      verdict: 'ok',
      window_ms: 28 * 86_400_000,
      simulated: false,
      inputs_key: 'inputs',
      recommendations: '[]',
    });
    await knex('snapshots').insert({ id: 1, analysis_id: 'a' });
    await knex('hourly_history').insert({
      entity_ref: 'component:default/a',
      kind: 'latencies',
      name: 'latency',
      day: '2026-01-01',
      codec_version: 1,
      source_key: 'key',
      payload: Buffer.of(0),
      asked_hours: 1,
      known_hours: 0,
      asked_at: '2026-01-01T00:00:00.000Z',
    });
    await knex('visible_sets').insert({ id: 'hash', used_at_ms: 0 });
    await knex('visible_entities').insert({
      set_id: 'hash',
      entity_ref: 'component:default/a',
    });

    await knex.migrate.rollback({ directory }, true);
    for (const table of TABLES) {
      await expect(knex.schema.hasTable(table)).resolves.toBe(false);
    }

    await knex.migrate.latest({ directory });
    for (const table of TABLES) {
      await expect(knex.schema.hasTable(table)).resolves.toBe(true);
    }
  });
});
