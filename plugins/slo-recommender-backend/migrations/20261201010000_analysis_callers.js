/**
 * Adds who asked for an analysis, so that one caller cannot fill the queue.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('analyses', table => {
    table.text('requested_by').comment('Null if nobody did: it was due');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // knex would copy the table on SQLite
  await knex.raw('alter table analyses drop column requested_by');
};
