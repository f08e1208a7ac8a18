/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('rate_limits', table => {
    table.comment(
      'Calls of expensive operations in the current minute; columns as rate-limiter-flexible needs them',
    );
    table
      .string('key')
      .primary()
      .comment('The operation and a hash of who called');
    table.integer('points').notNullable().defaultTo(0);
    table.bigInteger('expire').index().comment('Milliseconds since 1970');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rate_limits');
};
