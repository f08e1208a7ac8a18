import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  type DependenciesResponse,
  dependenciesResponseSchema,
  divergenceResponseSchema,
  fleetDivergenceResponseSchema,
  undeclaredServicesResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { ObservedDependency } from 'backstage-plugin-slo-recommender-node';
import type { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import {
  AS_OF,
  aSource,
  CHECKOUT,
  describeOnDatabases,
} from '../__testUtils__/shop';

jest.setTimeout(120_000);

const SECRETS = [
  'jane.doe@example.org',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl',
  '550e8400-e29b-41d4-a716-446655440000',
];
const ADDRESSES = ['203.0.113.9', '10.42.3.4:8080', '[fd00::1]:8080'];

const call = (
  client: string,
  server: string,
  overrides: Partial<ObservedDependency> = {},
): ObservedDependency => ({
  client,
  server,
  connectionType: 'request',
  calls: 604_800,
  failedCalls: 6_048,
  latency: null,
  firstSeenAt: new Date('2023-06-23T12:00:00Z'),
  lastSeenAt: new Date('2023-06-30T00:00:00Z'),
  ...overrides,
});

/** Everything that the tables hold, as text. */
async function allText(knex: Knex): Promise<string> {
  const isPostgres = knex.client.config.client.includes('pg');
  const tables: string[] = isPostgres
    ? await knex('information_schema.tables')
        .where({ table_schema: 'public' })
        .pluck('table_name')
    : await knex('sqlite_master').where({ type: 'table' }).pluck('name');
  const rows = await Promise.all(tables.map(table => knex(table)));
  return JSON.stringify(rows);
}

describeOnDatabases('names that identify no service', ({ start }) => {
  it.each([
    ['people and secrets', SECRETS, '3 withheld names', { withheld: 3 }],
    ['clients and pods', ADDRESSES, '3 addresses', { addresses: 3 }],
    [
      'programs without a name',
      ['unknown_service:java', 'unknown'],
      '2 placeholder names',
      { placeholders: 2 },
    ],
  ])(
    'of %s are counted, and neither stored nor shown',
    async (_, names, title, counted) => {
      const source = aSource();
      source.observed = [
        ...names.map(name => call('checkout', name)),
        ...names.map(name => call(name, 'payment')),
        call(names[0], names[1]),
        call('checkout', 'ledger'),
      ];
      const { analyse, get, knex } = await start({ sources: [source] });
      await analyse({ asOf: AS_OF });

      const graphOf = async (service: string, direction: string) =>
        dependenciesResponseSchema.parse(
          (
            await get(
              `/services/component/default/${service}/dependencies?depth=5&direction=${direction}`,
            )
          ).body,
        );
      const foldedIn = ({ nodes }: DependenciesResponse) =>
        nodes
          .filter(({ foldedNames }) => foldedNames)
          .map(({ name, foldedNames }) => [name, foldedNames]);
      const graph = await graphOf('checkout', 'downstream');
      const callers = await graphOf('payment', 'upstream');
      // strangers do not meet: checkout does not reach payment through them
      expect(foldedIn(graph)).toEqual([[title, names.length]]);
      expect(foldedIn(callers)).toEqual([[title, names.length]]);
      expect(
        graph.edges.find(({ target }) => target.endsWith('called by checkout')),
      ).toMatchObject({
        source: 'component:default/checkout',
        callsPerSecond: names.length,
        failureRatio: 0.01,
        latency: null,
      });

      const undeclared = undeclaredServicesResponseSchema.parse(
        (await get('/fleet/undeclared-services')).body,
      );
      expect(undeclared.items.map(({ name }) => name)).toEqual(['ledger']);
      expect(undeclared.folded).toEqual({
        addresses: 0,
        placeholders: 0,
        withheld: 0,
        ...Object.fromEntries(
          Object.entries(counted).map(([kind, count]) => [kind, 2 * count]),
        ),
      });
      const divergence = divergenceResponseSchema.parse(
        (await get(`${CHECKOUT}/divergence`)).body,
      );
      expect(divergence.undeclared.map(({ advice }) => advice)).toContainEqual(
        expect.stringContaining(`Calls to ${title} were seen.`),
      );
      fleetDivergenceResponseSchema.parse(
        (await get('/fleet/divergence')).body,
      );
      expect((await get('/fleet/aliases')).body).toMatchObject({ items: [] });

      const shown = JSON.stringify([graph, callers, undeclared, divergence]);
      const stored = await allText(knex);
      for (const name of names.filter(one => one !== 'unknown')) {
        expect(shown).not.toContain(name);
        expect(stored).not.toContain(name);
      }
    },
  );

  it('are refused in reports, wherever they stand', async () => {
    const { analyse, get, knex, post } = await start();
    await analyse({ asOf: AS_OF });
    const posted = await post('/services/dependencies', {
      source: 'mesh',
      reportedAt: AS_OF,
      nodes: [
        { name: SECRETS[0], title: 'Jane' },
        {
          name: 'ledger',
          title: `Ledger of ${SECRETS[0]}`,
          aliases: [SECRETS[1], ADDRESSES[1], 'gl'],
        },
      ],
      edges: [
        ...[...SECRETS, ...ADDRESSES].map(target => ({
          source: 'checkout',
          target,
          calls: 10,
          attributes: { owner: SECRETS[0] },
        })),
        {
          source: 'checkout',
          target: 'gl',
          attributes: { owner: `mail ${SECRETS[0]}`, zone: 'eu' },
        },
      ],
    }).expect(200);
    expect(posted.body).toEqual({
      source: 'mesh',
      nodes: 1,
      edges: 3,
      newEdges: 3,
      removedEdges: 0,
      foldedNames: 6,
    });
    const { body } = await get('/fleet/undeclared-services');
    expect(body).toMatchObject({
      items: [{ name: 'Ledger of [withheld]' }],
      folded: { addresses: 3, placeholders: 0, withheld: 3 },
    });
    const stored = await allText(knex);
    for (const name of [...SECRETS, ...ADDRESSES]) {
      expect(stored).not.toContain(name);
    }
  });
});

const databases = createTestDatabases();
const directory = resolvePackagePath(
  'backstage-plugin-slo-recommender-backend',
  'migrations',
);
const MIGRATION = '20261201020000_names_of_services.js';

describe.each(databases.eachSupportedId())(
  'names that earlier versions stored, on %s',
  databaseId => {
    it('are deleted if they identify no service', async () => {
      const knex = await databases.init(databaseId);
      const [, pending]: [unknown, { file: string }[]] =
        await knex.migrate.list({ directory });
      for (const { file } of pending) {
        if (file === MIGRATION) break;
        await knex.migrate.up({ directory });
      }
      const edge = (origin: string, source: string, target: string) => ({
        origin,
        source_name: source,
        target_name: target,
        claim: 'observed',
        attributes: JSON.stringify({ by: SECRETS[0] }),
        reports: 1,
      });
      await knex('dependency_edges').insert([
        ...[...SECRETS, ...ADDRESSES, 'unknown_service'].flatMap(name => [
          edge('telemetry:a', 'checkout', name),
          edge('report:mesh', name, 'checkout'),
        ]),
        edge('report:mesh', 'checkout', 'ledger'),
      ]);
      await knex('dependency_nodes').insert(
        [SECRETS[0], 'ledger'].map(name => ({
          origin: 'report:mesh',
          name,
          title: `of ${SECRETS[0]}`,
          aliases: JSON.stringify([SECRETS[1], 'gl']),
          told_at: AS_OF,
        })),
      );
      await knex('dependency_cycles').insert({
        id: 'cycle',
        members: JSON.stringify([
          'component:default/checkout',
          `undeclared:${SECRETS[0]}`,
        ]),
        detected_at: AS_OF,
      });
      await knex('fetched_calls').insert({
        datasource_id: 'a',
        range_from: AS_OF,
        range_to: AS_OF,
        calls: Buffer.from(SECRETS[0]),
      });
      await knex.migrate.latest({ directory });

      await expect(
        knex('dependency_edges').select(
          'source_name',
          'target_name',
          'attributes',
        ),
      ).resolves.toEqual([
        {
          source_name: 'checkout',
          target_name: 'ledger',
          attributes: '{"by":"[withheld]"}',
        },
      ]);
      await expect(
        knex('dependency_nodes').select('name', 'title', 'aliases'),
      ).resolves.toEqual([
        { name: 'ledger', title: 'of [withheld]', aliases: '["gl"]' },
      ]);
      await expect(knex('dependency_cycles')).resolves.toEqual([]);
      await expect(knex('fetched_calls')).resolves.toEqual([]);
    });
  },
);
