const {
  nameKind,
  withholdPersonal,
} = require('backstage-plugin-slo-recommender-node');

const NAMES_PER_STATEMENT = 500;

const isService = name => nameKind(name) === 'service';

/**
 * Deletes names that identify no service (addresses, placeholders, personal data) and what was kept of them. The next
 * analysis counts their calls together.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  for (const [table, column] of [
    ['dependency_edges', 'source_name'],
    ['dependency_edges', 'target_name'],
    ['dependency_nodes', 'name'],
  ]) {
    const reported = knex(table).whereNot({ origin: 'catalog' });
    const names = await reported.clone().distinct(column).pluck(column);
    const refused = names.filter(name => !isService(name));
    while (refused.length > 0) {
      await reported
        .clone()
        .whereIn(column, refused.splice(0, NAMES_PER_STATEMENT))
        .delete();
    }
  }

  for (const { origin, name, title, type, aliases } of await knex(
    'dependency_nodes',
  ).whereLike('origin', 'report:%')) {
    const kept = {
      title: title && withholdPersonal(title),
      type: type && withholdPersonal(type),
      aliases: JSON.stringify(JSON.parse(aliases).filter(isService)),
    };
    if (
      kept.title === title &&
      kept.type === type &&
      kept.aliases === aliases
    ) {
      continue;
    }
    await knex('dependency_nodes').where({ origin, name }).update(kept);
  }

  const attributes = await knex('dependency_edges')
    .whereNot({ attributes: '{}' })
    .distinct('attributes')
    .pluck('attributes');
  for (const before of attributes) {
    const kept = withholdPersonal(before);
    if (kept === before) continue;
    await knex('dependency_edges')
      .where({ attributes: before })
      .update({ attributes: kept });
  }

  for (const { id, members } of await knex('dependency_cycles')) {
    const names = JSON.parse(members).map(member =>
      member.replace(/^undeclared:/, ''),
    );
    if (!names.every(isService)) {
      await knex('dependency_cycles').where({ id }).delete();
    }
  }

  // whole answers of datasources, which an analysis that was cut off would take up
  await knex('fetched_calls').delete();
  await knex('graph_version').update({ version: knex.raw('version + 1') });
};

/** What was deleted is gone. */
exports.down = async function down() {};
