// Instants are ISO 8601 text in UTC. Names are kept as their source has them and joined to entities when they are read.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('dependency_edges', table => {
    table.comment(
      'Edges from caller to callee, one row for each origin of knowledge',
    );
    table
      .string('origin')
      .notNullable()
      .comment('catalog, telemetry:<datasource id> or report:<source id>');
    table
      .text('source_name')
      .notNullable()
      .comment('Entity reference, or the name that the origin has');
    table.text('target_name').notNullable();
    table.string('claim').notNullable().comment('declared or observed');
    table.string('kind').comment('sync, async, database or virtual');
    table.string('strength').comment('hard or soft');
    table.double('calls');
    table.double('failed_calls');
    table
      .double('seconds')
      .comment('Length of the time in which the calls were counted');
    table.text('latency').comment('JSON');
    table.text('attributes').notNullable().comment('JSON object of texts');
    table.string('first_seen_at');
    table.string('last_seen_at');
    table
      .string('told_at')
      .comment(
        'Instant that the newest telling is about; null for the catalog',
      );
    table
      .integer('reports')
      .notNullable()
      .comment('Instants of which the origin has told of the edge');
    table.primary(['origin', 'source_name', 'target_name']);
  });

  await knex.schema.createTable('dependency_nodes', table => {
    table.comment('What origins other than the catalog tell of services');
    table.string('origin').notNullable();
    table.text('name').notNullable();
    table.text('title');
    table.text('type');
    table.text('aliases').notNullable().comment('JSON list of names');
    table.double('requests').comment('Requests served in the seconds');
    table.double('seconds');
    table.string('told_at').notNullable();
    table.primary(['origin', 'name']);
  });

  await knex.schema.createTable('dependency_cycles', table => {
    table.string('id').primary().comment('Hash of the members');
    table.text('members').notNullable().comment('JSON list of node ids');
    table.string('detected_at').notNullable();
    table.string('resolved_at');
    table.text('acknowledged_by');
    table.string('acknowledged_at');
    table.text('acknowledgement_reason');
  });

  await knex.schema.createTable('graph_version', table => {
    table.comment('One row; grows with every change of what the graph shows');
    table.integer('id').primary();
    table.integer('version').notNullable();
    table.string('changed_at').notNullable();
    table.string('catalog_digest').notNullable();
  });
  await knex('graph_version').insert({
    id: 1,
    version: 1,
    changed_at: new Date().toISOString(),
    catalog_digest: '',
  });

  const nameOf = column =>
    `case when ${column} like 'undeclared:%' then substr(${column}, 12) else ${column} end`;
  await knex.raw(`
    insert into dependency_edges (
      origin, source_name, target_name, claim, kind, strength,
      calls, failed_calls, seconds, attributes,
      first_seen_at, last_seen_at, told_at, reports
    )
    select
      origin, ${nameOf('source_id')}, ${nameOf('target_id')},
      case when origin = 'catalog' then 'declared' else 'observed' end,
      case when kind = 'async' then 'async' when origin = 'catalog' then null else 'sync' end,
      case when origin <> 'catalog' then null when kind = 'hard' then 'hard' else 'soft' end,
      calls, failed_calls, seconds, '{}',
      first_seen_at, last_seen_at, last_seen_at, 1
    from dependencies
  `);
  await knex.schema.dropTable('dependencies');
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.createTable('dependencies', table => {
    table.comment(
      'Edges from caller to callee, one row for each source of knowledge',
    );
    table.text('source_id').notNullable();
    table.text('target_id').notNullable().index();
    table
      .string('origin')
      .notNullable()
      .comment('catalog, or telemetry:<datasource id>');
    table.text('kind').notNullable();
    table.double('calls');
    table.double('failed_calls');
    table
      .double('seconds')
      .comment('Length of the time in which the calls were counted');
    table.string('first_seen_at');
    table.string('last_seen_at');
    table.primary(['source_id', 'target_id', 'origin']);
  });
  // what telemetry saw is read anew by the next analysis, under the names that it had then
  await knex.raw(`
    insert into dependencies (source_id, target_id, origin, kind)
    select source_name, target_name, origin,
      case when kind = 'async' then 'async' when strength = 'soft' then 'soft' else 'hard' end
    from dependency_edges
    where origin = 'catalog'
  `);
  for (const table of [
    'graph_version',
    'dependency_cycles',
    'dependency_nodes',
    'dependency_edges',
  ]) {
    await knex.schema.dropTable(table);
  }
};
