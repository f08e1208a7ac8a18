/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('visible_sets', table => {
    table.comment('Sets of entities that some caller may read');
    table.string('id').primary().comment('Hash of the references in the set');
    table
      .bigInteger('used_at_ms')
      .notNullable()
      .index()
      .comment('Sets that are not used any more are deleted');
  });
  await knex.schema.createTable('visible_entities', table => {
    table
      .string('set_id')
      .notNullable()
      .references('id')
      .inTable('visible_sets')
      .onDelete('CASCADE');
    table.text('entity_ref').notNullable();
    table.primary(['set_id', 'entity_ref']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('visible_entities');
  await knex.schema.dropTable('visible_sets');
};
