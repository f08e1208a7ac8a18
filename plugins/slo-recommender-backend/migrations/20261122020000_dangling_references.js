/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('dangling_references', table => {
    table.comment('What entities refer to and the catalog does not hold');
    table.text('target_ref').notNullable();
    table.text('entity_ref').notNullable().index().comment('Who refers to it');
    table.string('relation').notNullable().comment('For example dependsOn');
    table.primary(['target_ref', 'entity_ref', 'relation']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('dangling_references');
};
