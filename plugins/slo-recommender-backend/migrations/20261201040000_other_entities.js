/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('other_entities', table => {
    table.comment(
      'Entities that have not opted in, and that telemetry or a report names',
    );
    table.text('entity_ref').primary();
    table.text('entity').notNullable().comment('JSON');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('other_entities');
};
