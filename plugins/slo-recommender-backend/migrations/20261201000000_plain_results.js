/** Rows of the forms before stay, and are read as they are. */
exports.up = async function up() {};

/**
 * Turns results of version 4 into those of version 2, which ignores the days that it does not know.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex('analysis_results')
    .where({ kind: 'recommendations', version: 4 })
    .update({ version: 2 });
};
