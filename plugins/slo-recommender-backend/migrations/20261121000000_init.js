// Instants and days are ISO 8601 text in UTC: the same on PostgreSQL and SQLite, and in order of time when sorted.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('entities', table => {
    table.comment(
      'Catalog entities that are services, or neighbours of services',
    );
    table.text('entity_ref').primary();
    table.boolean('opted_in').notNullable().index();
    table.text('kind').notNullable();
    table.text('title').notNullable();
    table.text('sort_title').notNullable();
    table.text('type');
    table.text('owner').index();
    table.text('system').index();
    table.string('criticality');
    table.text('datasource_id');
    table.double('promised_objective');
    table.bigInteger('window_ms');
    table.text('telemetry_names').notNullable().comment('JSON list');
    table.text('annotation_issues').notNullable().comment('JSON list');
  });

  await knex.schema.createTable('dependencies', table => {
    table.comment(
      'Edges from caller to callee, one row for each source of knowledge',
    );
    table.text('source_id').notNullable();
    table.text('target_id').notNullable().index();
    table
      .string('origin')
      .notNullable()
      .comment('catalog, or telemetry:<datasource id>');
    table.text('kind').notNullable();
    table.double('calls');
    table.double('failed_calls');
    table
      .double('seconds')
      .comment('Length of the time in which the calls were counted');
    table.string('first_seen_at');
    table.string('last_seen_at');
    table.primary(['source_id', 'target_id', 'origin']);
  });

  await knex.schema.createTable('sli_history', table => {
    table.comment('Hourly counts of one service, SLI and day');
    table.text('entity_ref').notNullable();
    table.string('sli_type').notNullable();
    table.string('day', 10).notNullable();
    table
      .string('source_key')
      .notNullable()
      .comment('Datasource and names that the counts were asked for');
    table.text('evidence');
    table
      .binary('counts')
      .notNullable()
      .comment(
        '24 totals, then 24 bad counts: float64, little endian, NaN is unknown',
      );
    table
      .integer('asked_hours')
      .notNullable()
      .comment('Bit mask of the hours that the datasource was asked for');
    table.string('asked_at').notNullable().index();
    table.primary(['entity_ref', 'sli_type', 'day']);
  });

  await knex.schema.createTable('datasource_status', table => {
    table.text('id').primary();
    table.string('state').notNullable();
    table.text('message');
    table.string('last_success_at');
    table.string('last_attempt_at');
  });

  await knex.schema.createTable('analyses', table => {
    table.string('id').primary();
    table.string('trigger').notNullable();
    table.string('as_of').notNullable();
    table.text('entity_refs').comment('JSON list; null is every service');
    table.string('status').notNullable().index();
    table.double('progress').notNullable();
    table.text('phase').notNullable();
    table.integer('services').notNullable();
    table.text('error');
    table.string('requested_at').notNullable().index();
    table.string('started_at');
    table.string('finished_at');
  });

  await knex.schema.createTable('analysis_results', table => {
    table.comment('What an analysis says of a service');
    table
      .string('analysis_id')
      .notNullable()
      .references('id')
      .inTable('analyses')
      .onDelete('CASCADE');
    table.text('entity_ref').notNullable();
    table
      .string('as_of')
      .notNullable()
      .comment(
        'Earlier than that of the analysis where the result was carried over',
      );
    table.string('verdict').notNullable();
    table.double('achieved');
    table.double('requests');
    table.double('recommended_objective');
    table.double('budget_remaining');
    table.bigInteger('window_ms').notNullable();
    table.text('datasource_id');
    table.boolean('simulated').notNullable();
    table
      .string('inputs_key')
      .notNullable()
      .comment(
        'What the result rests on beside the counts; another key is due for another analysis',
      );
    table.text('recommendations').notNullable().comment('JSON list');
    table.primary(['analysis_id', 'entity_ref']);
  });

  await knex.schema.createTable('snapshots', table => {
    table.comment('The one analysis that readers see');
    table.integer('id').primary();
    table
      .string('analysis_id')
      .notNullable()
      .references('id')
      .inTable('analyses');
  });

  await knex.schema.createTable('leases', table => {
    table.comment(
      'Which replica is at work; the ticket fences one that comes late',
    );
    table.string('name').primary();
    table.string('holder').notNullable();
    table.integer('ticket').notNullable();
    table.string('expires_at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'leases',
    'snapshots',
    'analysis_results',
    'analyses',
    'datasource_status',
    'sli_history',
    'dependencies',
    'entities',
  ]) {
    await knex.schema.dropTable(table);
  }
};
