const { inflateRawSync } = require('zlib');

/** Rows of the form before stay, and are read as they are. */
exports.up = async function up() {};

/**
 * Turns results of version 3 into those of version 2: JSON, without the history of each recommendation.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  const packed = { kind: 'recommendations', version: 3 };
  for (;;) {
    const rows = await knex('analysis_results')
      .where(packed)
      .select('analysis_id', 'entity_ref', 'recommendations')
      .limit(100);
    if (rows.length === 0) return;
    for (const { recommendations, ...where } of rows) {
      const json = inflateRawSync(Buffer.from(recommendations, 'base64'));
      const stored = JSON.parse(json.toString()).map(
        ({ history, ...recommendation }) => recommendation,
      );
      await knex('analysis_results')
        .where({ ...packed, ...where })
        .update({ version: 2, recommendations: JSON.stringify(stored) });
    }
  }
};
