import { mockServices } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../__testUtils__/databases';
import { isPostgres, openDatabase } from './database';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('openDatabase on %s', databaseId => {
  async function create() {
    const knex = await databases.init(databaseId);
    const logger = mockServices.logger.mock();
    const open = () =>
      openDatabase(
        mockServices.database.mock({
          getClient: async () => knex,
          migrations: { skip: false },
        }),
        logger,
      );
    return { knex, logger, open };
  }

  it('creates the tables once for callers that come together', async () => {
    const { knex, logger, open } = await create();
    // a database of SQLite has one process, in which one plugin opens it
    await Promise.all(isPostgres(knex) ? [open(), open(), open()] : [open()]);
    const names = await knex('knex_migrations').pluck('name');
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('20261121000000_init.js');
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it.each([
    ['locked', [{ is_locked: 1 }]],
    ['there twice', [{ is_locked: 0 }, { is_locked: 0 }]],
    ['missing', []],
  ])('frees a row of the lock that is %s, and says so', async (_, rows) => {
    const { knex, logger, open } = await create();
    await open();
    await knex.migrate.down({
      directory: `${__dirname}/../../../migrations`,
    });
    await knex('knex_migrations_lock').delete();
    if (rows.length) await knex('knex_migrations_lock').insert(rows);
    await open();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('knex_migrations_lock was left locked'),
    );
    await expect(
      knex('knex_migrations_lock').pluck('is_locked'),
    ).resolves.toEqual([0]);
    await expect(knex.schema.hasTable('rate_limits')).resolves.toBe(true);
    await open();
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });
});
