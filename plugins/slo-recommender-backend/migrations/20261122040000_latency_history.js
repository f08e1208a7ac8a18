/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('latency_history', table => {
    table.comment('Hourly latency histograms of one service and day');
    table.text('entity_ref').notNullable();
    table.string('day', 10).notNullable();
    table
      .string('source_key')
      .notNullable()
      .comment('Datasource and names that the histograms were asked for');
    table.text('evidence');
    table
      .binary('histograms')
      .notNullable()
      .comment(
        'Bounds, and counts of each known hour: see packedHistograms.ts',
      );
    table
      .integer('asked_hours')
      .notNullable()
      .comment('Bit mask of the hours that the datasource was asked for');
    table
      .integer('known_hours')
      .notNullable()
      .comment('Bit mask of the hours whose histograms are known');
    table.string('asked_at').notNullable().index();
    table.primary(['entity_ref', 'day']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('latency_history');
};
