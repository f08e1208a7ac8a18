/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('simulated_company_anchors', table => {
    table.comment(
      'The day from which the stories of a simulated company are told',
    );
    table
      .string('datasource_id')
      .primary()
      .comment('Its id in the configuration');
    table
      .string('anchor', 10)
      .notNullable()
      .comment('A UTC day, as in 2026-01-31');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('simulated_company_anchors');
};
