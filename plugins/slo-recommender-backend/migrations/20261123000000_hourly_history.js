// One table for hourly values of every kind. Kinds and versions that are known: see src/telemetry/history/*Codec.ts.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('hourly_history', table => {
    table.comment('Hourly values of one service, kind, SLO and day');
    table.text('entity_ref').notNullable();
    table.string('kind').notNullable().comment('counts or latencies');
    table
      .string('name')
      .notNullable()
      .comment('Name of the SLO; latency for those of any threshold');
    table.string('environment').notNullable().defaultTo('all');
    table.string('day', 10).notNullable();
    table
      .integer('codec_version')
      .notNullable()
      .comment('Encoding of the payload; another one counts as not stored');
    table
      .string('source_key')
      .notNullable()
      .comment('Datasource and names that the values were asked for');
    table.text('evidence');
    table.binary('payload').notNullable();
    table
      .integer('asked_hours')
      .notNullable()
      .comment('Bit mask of the hours that the datasource was asked for');
    table
      .integer('known_hours')
      .notNullable()
      .comment('Bit mask of the hours whose values are known and plausible');
    table.string('asked_at').notNullable().index();
    table.primary(['entity_ref', 'kind', 'name', 'environment', 'day']);
  });
  const insert = select =>
    knex.raw(`
      insert into hourly_history (
        entity_ref, kind, name, environment, day, codec_version,
        source_key, evidence, payload, asked_hours, known_hours, asked_at
      )
      ${select}
    `);
  await insert(`
    select entity_ref, 'counts', sli_type, 'all', day, 1,
      source_key, evidence, counts, asked_hours, known_hours, asked_at
    from sli_history
  `);
  await knex.schema.dropTable('sli_history');
  await insert(`
    select entity_ref, 'latencies', 'latency', 'all', day, 1,
      source_key, evidence, histograms, asked_hours, known_hours, asked_at
    from latency_history
  `);
  await knex.schema.dropTable('latency_history');
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  const addHours = table => {
    table.string('day', 10).notNullable();
    table.string('source_key').notNullable();
    table.text('evidence');
  };
  const addCoverage = table => {
    table.integer('asked_hours').notNullable();
    table.string('asked_at').notNullable().index();
  };
  await knex.schema.createTable('sli_history', table => {
    table.comment('Hourly counts of one service, SLI and day');
    table.text('entity_ref').notNullable();
    table.string('sli_type').notNullable();
    addHours(table);
    table
      .binary('counts')
      .notNullable()
      .comment(
        '24 totals, then 24 bad counts: float64, little endian, NaN is unknown',
      );
    addCoverage(table);
    table.integer('known_hours').notNullable().defaultTo(0);
    table.primary(['entity_ref', 'sli_type', 'day']);
  });
  await knex.schema.createTable('latency_history', table => {
    table.comment('Hourly latency histograms of one service and day');
    table.text('entity_ref').notNullable();
    addHours(table);
    table.binary('histograms').notNullable();
    addCoverage(table);
    table.integer('known_hours').notNullable();
    table.primary(['entity_ref', 'day']);
  });
  // what is encoded otherwise, or of a certain environment, had no place then: it is fetched again
  await knex.raw(`
    insert into sli_history (
      entity_ref, sli_type, day, source_key, evidence, counts,
      asked_hours, known_hours, asked_at
    )
    select entity_ref, name, day, source_key, evidence, payload,
      asked_hours, known_hours, asked_at
    from hourly_history
    where kind = 'counts' and environment = 'all' and codec_version = 1
  `);
  await knex.raw(`
    insert into latency_history (
      entity_ref, day, source_key, evidence, histograms,
      asked_hours, known_hours, asked_at
    )
    select entity_ref, day, source_key, evidence, payload,
      asked_hours, known_hours, asked_at
    from hourly_history
    where kind = 'latencies' and name = 'latency'
      and environment = 'all' and codec_version = 1
  `);
  await knex.schema.dropTable('hourly_history');
};
