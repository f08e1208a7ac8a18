import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  errorBudgetResponseSchema,
  recommendationsResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { aSource, CHECKOUT, checkout, payment } from '../../__testUtils__/shop';
import { startBackend } from '../../__testUtils__/startBackend';
// written by the program of that time, with fewer days, and lists cut to their first entries
import database from './__fixtures__/database-20261122050000.json';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const directory = resolvePackagePath(
  'backstage-plugin-slo-recommender-backend',
  'migrations',
);
const VERSION = '20261122050000';

type Value = string | number | boolean | null | { hex: string };

const tables: [name: string, rows: Record<string, Value>[]][] =
  Object.entries(database);
const isReferred = (name: string) => name === 'analyses';

/** A database as that version left it. */
async function createOld(knex: Knex): Promise<void> {
  do {
    await knex.migrate.up({ directory });
  } while ((await knex.migrate.currentVersion({ directory })) !== VERSION);
  for (const [name, rows] of tables.sort(
    ([a], [b]) => Number(isReferred(b)) - Number(isReferred(a)),
  )) {
    await knex(name).delete();
    await knex(name).insert(
      rows.map(row =>
        Object.fromEntries(
          Object.entries(row).map(([column, value]) => [
            column,
            value !== null && typeof value === 'object'
              ? Buffer.from(value.hex, 'hex')
              : value,
          ]),
        ),
      ),
    );
  }
}

async function downgrade(knex: Knex): Promise<void> {
  do {
    await knex.migrate.down({ directory });
  } while ((await knex.migrate.currentVersion({ directory })) !== VERSION);
}

async function rowsOf(knex: Knex): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  for (const [name, [first]] of tables) {
    rows[name] = await knex(name).orderBy(Object.keys(first).slice(0, 3));
  }
  return rows;
}

/** The version of the graph, which never goes back: answers with an earlier one may be cached. */
async function graphVersionOf(knex: Knex): Promise<number> {
  const [version] = await knex('graph_version').pluck('version');
  return version;
}

describe.each(databases.eachSupportedId())(
  'a database of an earlier release on %s',
  databaseId => {
    const stops: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const stop of stops.splice(0)) await stop();
    });

    async function startOn(knex: Knex) {
      const source = aSource();
      const backend = await startBackend({
        database: knex,
        entities: [checkout, payment],
        sources: [source],
        config: { objectiveWindow: '1d', lookback: '7d' },
      });
      stops.push(backend.stop);
      return { ...backend, source };
    }

    async function createDatabase() {
      const knex = await databases.init(databaseId);
      await createOld(knex);
      return knex;
    }

    it('answers every GET before there is a new analysis', async () => {
      const { get, source } = await startOn(await createDatabase());
      const { body: openApi } = await get('/openapi.json').expect(200);
      const [{ id }] = database.analyses;
      const paths = Object.entries<object>(openApi.paths)
        .filter(([, operations]) => 'get' in operations)
        .map(([path]) =>
          path
            .replace(/^.*\/v1/, '')
            .replace('{kind}/{namespace}/{name}', 'component/default/checkout')
            .replace('/analyze/{id}', `/analyze/${id}`),
        )
        // there is no cycle
        .filter(path => !path.includes('{id}'));
      expect(paths.length).toBeGreaterThan(14);
      const statuses = [];
      for (const path of paths) {
        statuses.push([path, (await get(path)).status]);
      }
      expect(statuses).toEqual(paths.map(path => [path, 200]));
      expect(source.asked).toEqual([]);
    });

    it('keeps its recommendations and history, each under the name of its SLO', async () => {
      const { get } = await startOn(await createDatabase());
      const stored: object[] = JSON.parse(
        database.analysis_results[0].recommendations,
      );
      const { recommendations } = recommendationsResponseSchema.parse(
        (await get(`${CHECKOUT}/slo-recommendations`)).body,
      );
      const key = (slo: string) => ({ slo, environment: 'all' });
      expect(recommendations).toEqual([
        {
          ...stored[0],
          ...key('availability'),
          history: [
            expect.objectContaining({ day: '2023-06-29', requests: 24_000 }),
            expect.objectContaining({ day: '2023-06-30', badRequests: 12 }),
          ],
        },
        {
          ...stored[1],
          ...key('latency-2500ms'),
          history: [
            expect.objectContaining({ day: '2023-06-29', requests: 24_000 }),
            expect.objectContaining({ day: '2023-06-30', badRequests: 12 }),
          ],
        },
      ]);
      const { body } = await get(
        `${CHECKOUT}/error-budget-breakdown?slo=latency-300ms`,
      ).expect(200);
      expect(errorBudgetResponseSchema.parse(body)).toMatchObject({
        ...key('latency-300ms'),
        objective: 0.95,
        totalRequests: 24_000,
        badRequests: 240,
      });
    });

    it('loses nothing on the way up, down and up again', async () => {
      const knex = await createDatabase();
      const before = await rowsOf(knex);
      const version = await graphVersionOf(knex);
      const { get } = await startOn(knex);
      const answers = async (): Promise<unknown[]> => [
        (await get(`${CHECKOUT}/slo-recommendations`)).body,
        (await get(`${CHECKOUT}/error-budget-breakdown`)).body,
      ];
      const shown = await answers();
      const last = await knex.migrate.currentVersion({ directory });
      await downgrade(knex);
      expect(await graphVersionOf(knex)).toBeGreaterThanOrEqual(version);
      await knex('graph_version').update({ version });
      await expect(rowsOf(knex)).resolves.toEqual(before);
      await knex.migrate.latest({ directory });
      await expect(knex.migrate.currentVersion({ directory })).resolves.toBe(
        last,
      );
      await expect(answers()).resolves.toEqual(shown);
    });

    it('is analysed anew, asks only for the hours that it lacks, and may go down and up again', async () => {
      const knex = await createDatabase();
      const { analyse, get, source } = await startOn(knex);
      await expect(
        analyse({ asOf: database.analyses[0].as_of }),
      ).resolves.toMatchObject({ status: 'completed' });
      const first = new Date('2023-06-29T00:00:00Z');
      expect(source.asked).not.toEqual([]);
      for (const { range, services } of source.asked) {
        if (!services.includes('component:default/checkout')) continue;
        expect(range.to.getTime()).toBeLessThanOrEqual(first.getTime());
      }
      const page = `${CHECKOUT}/slo-recommendations`;
      const { body } = await get(page);
      await downgrade(knex);
      await knex.migrate.latest({ directory });
      expect((await get(page)).body).toEqual(body);
    });
  },
);
