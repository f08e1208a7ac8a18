const ROWS_AT_ONCE = 500;

/**
 * The reasons of all recommendations of a service; none if these cannot be read.
 *
 * @param {string} recommendations
 */
function reasonsOf(recommendations) {
  try {
    return JSON.parse(recommendations).flatMap(({ reasons }) => reasons);
  } catch {
    return [];
  }
}

/**
 * Visits every row of `analysis_results` in the order of its key, some at a time.
 *
 * @param {import('knex').Knex} knex
 */
async function fillReasons(knex) {
  const rowsAfter = last =>
    knex('analysis_results')
      .select('analysis_id', 'entity_ref', 'recommendations')
      .whereRaw('(analysis_id, entity_ref) > (?, ?)', last)
      .orderBy(['analysis_id', 'entity_ref'])
      .limit(ROWS_AT_ONCE);
  for (
    let rows = await rowsAfter(['', '']);
    rows.length > 0;
    rows = await rowsAfter([rows.at(-1).analysis_id, rows.at(-1).entity_ref])
  ) {
    for (const { recommendations, ...where } of rows) {
      await knex('analysis_results')
        .where(where)
        .update({ reasons: JSON.stringify(reasonsOf(recommendations)) });
    }
  }
}

/**
 * Results that are there already are of the first version of their kind.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('analysis_results', table => {
    table.string('kind').notNullable().defaultTo('recommendations');
    table
      .integer('version')
      .notNullable()
      .defaultTo(1)
      .comment('Form of the JSON');
    table
      .text('reasons')
      .notNullable()
      .defaultTo('[]')
      .comment('JSON list: the reasons of all recommendations');
  });
  await fillReasons(knex);
  await knex.schema.alterTable('analysis_results', table => {
    table.dropPrimary();
    table.primary(['analysis_id', 'kind', 'entity_ref']);
  });
  await knex.schema.alterTable('fleet_calibrations', table => {
    table
      .integer('version')
      .notNullable()
      .defaultTo(1)
      .comment('Form of the report');
  });
};

/**
 * Deletes what the program before cannot read: it analyses these services anew.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex('analysis_results')
    .whereNot({ kind: 'recommendations' })
    .orWhereNot({ version: 1 })
    .delete();
  await knex('fleet_calibrations').whereNot({ version: 1 }).delete();
  await knex.schema.alterTable('analysis_results', table => {
    table.dropPrimary();
    table.primary(['analysis_id', 'entity_ref']);
  });
  // knex would copy the tables on SQLite
  for (const column of ['reasons', 'version', 'kind']) {
    await knex.raw('alter table analysis_results drop column ??', [column]);
  }
  await knex.raw('alter table fleet_calibrations drop column version');
};
