/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('entities', table => {
    table.text('matchers').comment('JSON list; null if all series count');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // knex would copy the table on SQLite
  await knex.raw('alter table entities drop column matchers');
};
