// Instants are ISO 8601 text in UTC.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('service_events', table => {
    table.comment('What happened to services, as CI and operators tell');
    table.text('entity_ref').notNullable();
    table
      .string('id', 100)
      .notNullable()
      .comment('As told, or a hash of type, instant and title');
    table.string('type').notNullable().comment('For example deploy');
    table.string('at').notNullable();
    table.text('title').notNullable();
    table.text('version');
    table.text('url');
    table.text('told_by').notNullable();
    table.string('told_at').notNullable();
    table.primary(['entity_ref', 'id']);
    table.index(['entity_ref', 'at']);
  });

  await knex.schema.createTable('exclusions', table => {
    table.comment('Hours that shall not count; rows are never deleted');
    table.string('id').primary();
    table.text('entity_ref').notNullable().index();
    table.string('from_at').notNullable();
    table.string('to_at').notNullable();
    table.text('reason').notNullable();
    table.text('owner').notNullable();
    table.string('created_at').notNullable();
    table.text('withdrawn_by').comment('Null while it holds');
    table.string('withdrawn_at');
  });

  await knex.schema.createTable('service_revisions', table => {
    table.comment(
      'How often events or exclusions of a service have changed; a result of another revision is out of date',
    );
    table.text('entity_ref').primary();
    table.integer('revision').notNullable();
  });

  await knex.schema.createTable('fleet_calibrations', table => {
    table.comment('What past windows of the fleet say of its predictions');
    table
      .string('analysis_id')
      .notNullable()
      .references('id')
      .inTable('analyses')
      .onDelete('CASCADE');
    table.string('sli_type').notNullable();
    table.string('as_of').notNullable();
    table.text('report').notNullable().comment('JSON: what people see');
    table
      .text('calibration')
      .notNullable()
      .comment('JSON: what the engine corrects predictions with');
    table.primary(['analysis_id', 'sli_type']);
  });

  await knex.schema.alterTable('entities', table => {
    table.double('promised_latency_objective');
    table.double('promised_latency_threshold_seconds');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // knex would copy the table on SQLite and drop the old one
  for (const column of [
    'promised_latency_threshold_seconds',
    'promised_latency_objective',
  ]) {
    await knex.raw('alter table entities drop column ??', [column]);
  }
  for (const table of [
    'fleet_calibrations',
    'service_revisions',
    'exclusions',
    'service_events',
  ]) {
    await knex.schema.dropTable(table);
  }
};
