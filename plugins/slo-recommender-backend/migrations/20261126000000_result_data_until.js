/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('analysis_results', table => {
    table
      .string('data_until')
      .comment('End of the last hour that the result rests on; null: not kept');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // knex would copy the table on SQLite
  await knex.raw('alter table analysis_results drop column data_until');
};
