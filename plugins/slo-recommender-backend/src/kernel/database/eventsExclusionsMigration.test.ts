import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { createTestDatabases } from '../../__testUtils__/databases';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const directory = resolvePackagePath(
  'backstage-plugin-slo-recommender-backend',
  'migrations',
);
const MIGRATION = '20261122050000_events_exclusions.js';
const AT = '2026-03-01T00:00:00.000Z';

describe.each(databases.eachSupportedId())(
  'the migration to events and exclusions on %s',
  databaseId => {
    it('keeps services as they are, up and down, with rows in every table', async () => {
      const knex = await databases.init(databaseId);
      let before = '';
      for (;;) {
        const [, [applied]] = await knex.migrate.up({ directory });
        if (applied === MIGRATION) break;
        before = applied;
      }
      await knex.migrate.down({ directory });
      await expect(knex.migrate.currentVersion({ directory })).resolves.toBe(
        before.split('_')[0],
      );
      const entity = {
        entity_ref: 'component:default/a',
        kind: 'component',
        title: 'A',
        sort_title: 'a',
        promised_objective: 0.999,
        telemetry_names: '["a"]',
        annotation_issues: '[]',
      };
      await knex('entities').insert({ ...entity, opted_in: true });

      await knex.migrate.up({ directory });
      await expect(knex('entities').first()).resolves.toMatchObject({
        ...entity,
        promised_latency_objective: null,
        promised_latency_threshold_seconds: null,
      });
      await knex('entities').update({
        promised_latency_objective: 0.99,
        promised_latency_threshold_seconds: 0.3,
      });
      await knex('service_events').insert({
        entity_ref: 'component:default/a',
        id: '1',
        type: 'deploy',
        at: AT,
        title: 'A 2',
        told_by: 'external:ci',
        told_at: AT,
      });
      await knex('exclusions').insert({
        id: '1',
        entity_ref: 'component:default/a',
        from_at: AT,
        to_at: AT,
        reason: 'moved',
        owner: 'user:default/ada',
        created_at: AT,
      });
      await knex('service_revisions').insert({
        entity_ref: 'component:default/a',
        revision: 2,
      });
      await knex('analyses').insert({
        id: 'a',
        trigger: 'request',
        as_of: AT,
        status: 'completed',
        progress: 1,
        phase: 'Completed',
        services: 1,
        requested_at: AT,
      });
      await knex('fleet_calibrations').insert({
        analysis_id: 'a',
        sli_type: 'availability',
        as_of: AT,
        report: '{}',
        calibration: '{}',
      });

      await knex.migrate.down({ directory });
      const left = await knex('entities').first();
      expect(left).toMatchObject(entity);
      expect(left).not.toHaveProperty('promised_latency_objective');
      await expect(knex('analyses').pluck('id')).resolves.toEqual(['a']);
      for (const table of [
        'service_events',
        'exclusions',
        'service_revisions',
        'fleet_calibrations',
      ]) {
        await expect(knex.schema.hasTable(table)).resolves.toBe(false);
      }
      await knex.migrate.latest({ directory });
      await expect(knex('entities').first()).resolves.toMatchObject({
        promised_latency_objective: null,
      });
    });
  },
);
