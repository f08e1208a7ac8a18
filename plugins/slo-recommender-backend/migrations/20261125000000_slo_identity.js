/**
 * An SLO is identified by entity, name and environment; the name stands in each recommendation.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('analysis_results', table => {
    table.string('environment').notNullable().defaultTo('all');
  });
  await knex.schema.alterTable('analysis_results', table => {
    table.dropPrimary();
    table.primary(['analysis_id', 'kind', 'entity_ref', 'environment']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('analysis_results').whereNot({ environment: 'all' }).delete();
  // the form before is the same without the keys of SLOs, which are not read
  await knex('analysis_results')
    .where({ kind: 'recommendations', version: 2 })
    .update({ version: 1 });
  await knex.schema.alterTable('analysis_results', table => {
    table.dropPrimary();
    table.primary(['analysis_id', 'kind', 'entity_ref']);
  });
  // knex would copy the table on SQLite
  await knex.raw('alter table analysis_results drop column environment');
};
