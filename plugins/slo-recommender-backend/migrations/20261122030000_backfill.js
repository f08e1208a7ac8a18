const HOURS_PER_DAY = 24;
const LARGEST_COUNT = 2 ** 53;
const ROWS_AT_ONCE = 1_000;

/**
 * Bit mask of the hours whose packed counts can be what was counted.
 *
 * @param {Buffer} counts
 */
function knownHoursOf(counts) {
  let mask = 0;
  for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
    const total = counts.readDoubleLE(hour * 8);
    const bad = counts.readDoubleLE((HOURS_PER_DAY + hour) * 8);
    const isPlausible =
      total >= 0 &&
      total <= LARGEST_COUNT &&
      bad >= 0 &&
      bad <= Math.max(total + 1, total * 1.01);
    if (isPlausible) mask |= 1 << hour;
  }
  return mask;
}

const keyOf = row => [row.entity_ref, row.sli_type, row.day];

/**
 * Visits every row of `sli_history` in the order of its key, some at a time.
 *
 * @param {import('knex').Knex} knex
 */
async function fillKnownHours(knex) {
  const rowsAfter = last =>
    knex('sli_history')
      .select('entity_ref', 'sli_type', 'day', 'counts')
      .whereRaw('(entity_ref, sli_type, day) > (?, ?, ?)', last)
      .orderBy(['entity_ref', 'sli_type', 'day'])
      .limit(ROWS_AT_ONCE);
  for (
    let rows = await rowsAfter(['', '', '']);
    rows.length > 0;
    rows = await rowsAfter(keyOf(rows.at(-1)))
  ) {
    for (const { counts, ...where } of rows) {
      await knex('sli_history')
        .where(where)
        .update({ known_hours: knownHoursOf(Buffer.from(counts)) });
    }
  }
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('sli_history', table => {
    table
      .integer('known_hours')
      .notNullable()
      .defaultTo(0)
      .comment('Bit mask of the hours whose counts are known and can be');
  });
  await fillKnownHours(knex);

  await knex.schema.alterTable('analyses', table => {
    table
      .text('backfill')
      .comment('JSON: how far the fetching of missing hours is; null: none');
  });

  await knex.schema.createTable('fetched_calls', table => {
    table.comment(
      'Calls between services that a run has fetched, kept until it ends: one that is cut off does not ask again',
    );
    table.text('datasource_id').primary();
    table.string('range_from').notNullable();
    table.string('range_to').notNullable();
    table.binary('calls').notNullable().comment('gzipped JSON list');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('fetched_calls');
  // knex would copy the table on SQLite and drop the old one, which other tables refer to
  await knex.raw('alter table analyses drop column backfill');
  await knex.raw('alter table sli_history drop column known_hours');
};
