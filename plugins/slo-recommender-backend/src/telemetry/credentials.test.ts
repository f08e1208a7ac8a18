import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ConfigSources, FileConfigSource } from '@backstage/config-loader';
import { statusResponseSchema } from 'backstage-plugin-slo-recommender-common';
import {
  type ScriptedServer,
  serveFleet,
  startScriptedServer,
  SyntheticFleet,
} from 'backstage-plugin-slo-recommender-prometheus/testing';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { aComponent } from '../__testUtils__/entities';
import { startBackend } from '../__testUtils__/startBackend';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe('credentials that change', () => {
  let server: ScriptedServer;
  let directory: string;

  beforeEach(async () => {
    server = await startScriptedServer();
    directory = await mkdtemp(join(tmpdir(), 'credentials-'));
  });
  afterEach(async () => {
    await server.stop();
    await rm(directory, { recursive: true });
  });

  const write = (name: string, content: string) =>
    writeFile(join(directory, name), content);

  it.each([
    ['is written', (token: string) => write('token.txt', token)],
    [
      'is replaced',
      async (token: string) => {
        await write('next.txt', token);
        await rename(join(directory, 'next.txt'), join(directory, 'token.txt'));
      },
    ],
    [
      'gives way to another',
      (token: string) => write('headers.yaml', `Authorization: ${token}\n`),
    ],
  ])(
    'are used without a restart if the file of the token %s',
    async (_, change) => {
      await write('token.txt', 'Bearer old');
      await write('headers.yaml', 'Authorization: { $file: token.txt }\n');
      await write(
        'app-config.yaml',
        JSON.stringify({
          backend: { baseUrl: 'http://localhost' },
          sloRecommender: {
            objectiveWindow: '7d',
            lookback: '14d',
            datasources: [
              {
                id: 'main',
                type: 'prometheus',
                url: server.url,
                headers: { $include: 'headers.yaml' },
              },
            ],
          },
        }),
      );
      const fleet = new SyntheticFleet(1);
      const serve = serveFleet({ fleet, delayMs: 0 });
      let accepted = 'Bearer old';
      server.answer(async (request, response) => {
        if (request.headers.authorization === accepted) {
          await serve(request, response);
        } else {
          response.writeHead(401).end();
        }
      });
      const rootConfig = await ConfigSources.toConfig(
        FileConfigSource.create({ path: join(directory, 'app-config.yaml') }),
      );
      const { analyse, get, stop } = await startBackend({
        database: await openTestDatabase(databases, 'SQLITE_3'),
        entities: fleet.names.map(name => aComponent(name)),
        rootConfig,
      });
      const state = async () =>
        statusResponseSchema.parse((await get('/status')).body).datasources[0];
      try {
        await analyse();
        await expect(state()).resolves.toMatchObject({ state: 'ok' });

        accepted = 'Bearer new';
        await analyse({ asOf: '2026-01-01T00:00:00Z' });
        await expect(state()).resolves.toMatchObject({
          state: 'failing',
          message: expect.stringContaining('HTTP 401'),
        });

        await change('Bearer new');
        const deadlineMs = Date.now() + 15_000;
        for (;;) {
          await analyse({ asOf: '2026-01-01T00:00:00Z' });
          if ((await state()).state === 'ok' || Date.now() > deadlineMs) break;
          await setTimeout(200);
        }
        await expect(state()).resolves.toMatchObject({
          state: 'ok',
          message: null,
        });
      } finally {
        await stop();
        rootConfig.close();
      }
    },
  );
});
