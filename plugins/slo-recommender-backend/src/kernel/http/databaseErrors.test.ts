import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import { startBackend } from '../../__testUtils__/startBackend';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'a database that fails on %s',
  databaseId => {
    it('shows no SQL to callers', async () => {
      const database = await openTestDatabase(databases, databaseId);
      const backend = await startBackend({ database, entities: [] });
      try {
        await database.schema.renameTable('entities', 'entities_away');
        const { body } = await backend.get('/services').expect(500);
        expect(body.error.message).toMatch(
          /^An internal error occurred logId=\w+$/,
        );
        expect(JSON.stringify(body)).not.toMatch(/select|entities/i);
      } finally {
        await backend.stop();
      }
    });
  },
);
