/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('data_quality', table => {
    table.comment('What was found about the telemetry of one service');
    table.text('entity_ref').primary();
    table
      .string('source_key')
      .notNullable()
      .comment('Datasource and names that were asked');
    table.text('failure_definition');
    table.text('findings').notNullable().comment('JSON list');
    table.string('found_at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('data_quality');
};
