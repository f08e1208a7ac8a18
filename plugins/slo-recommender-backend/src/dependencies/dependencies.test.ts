import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  dependenciesResponseSchema,
  type DependencyReportInput,
  divergenceResponseSchema,
  undeclaredServicesResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { ObservedDependency } from 'backstage-plugin-slo-recommender-node';
import {
  AS_OF,
  aSource,
  CHECKOUT,
  describeOnDatabases,
} from '../__testUtils__/shop';
import { DAY_MS } from '../kernel/time/hours';

jest.setTimeout(120_000);

const REPORTS = '/services/dependencies';

const before = (asOf: string, days: number) =>
  new Date(Date.parse(asOf) - days * DAY_MS);

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
  firstSeenAt: before(AS_OF, 7),
  lastSeenAt: before(AS_OF, 0.5),
  ...overrides,
});

const report = (
  overrides: Partial<DependencyReportInput> = {},
): DependencyReportInput => ({
  source: 'mesh',
  reportedAt: AS_OF,
  edges: [{ source: 'checkout', target: 'ledger' }],
  ...overrides,
});

describeOnDatabases('reported dependencies', ({ start }) => {
  const readGraph = async (
    get: (path: string) => PromiseLike<{ body: unknown }>,
    query = 'direction=downstream&depth=5',
  ) =>
    dependenciesResponseSchema.parse(
      (await get(`${CHECKOUT}/dependencies?${query}`)).body,
    );

  it('are joined with what catalog and telemetry say, with the origin of each', async () => {
    const source = aSource();
    source.observed = [
      call('user', 'checkout', { calls: 6_048, connectionType: 'virtual' }),
      call('checkout', 'payment'),
    ];
    const { analyse, get, post } = await start({ sources: [source] });
    await analyse({ asOf: AS_OF });
    const posted = await post(
      REPORTS,
      report({
        nodes: [
          {
            name: 'ledger',
            title: 'Ledger',
            type: 'database',
            aliases: ['gl'],
          },
        ],
        edges: [
          {
            source: 'Component:Default/Checkout',
            target: 'component:default/payment',
            kind: 'async',
            strength: 'soft',
            calls: 5,
            seconds: 10,
            attributes: { cluster: 'eu' },
          },
          { source: 'component:default/payment', target: 'ledger' },
          { source: 'component:default/payment', target: 'gl', calls: 3 },
        ],
      }),
    );
    expect(posted.status).toBe(200);
    expect(posted.body).toEqual({
      source: 'mesh',
      nodes: 1,
      edges: 3,
      newEdges: 3,
      removedEdges: 0,
    });

    const { nodes, edges } = await readGraph(get);
    expect(nodes.map(({ id, name, type }) => [id, name, type])).toEqual([
      ['component:default/checkout', 'Checkout', 'service'],
      ['component:default/payment', 'payment', 'service'],
      ['undeclared:ledger', 'Ledger', 'database'],
    ]);
    expect(nodes[2].aliases).toEqual([
      expect.objectContaining({ name: 'gl', joinedBy: 'evidence' }),
    ]);
    expect(edges).toHaveLength(2);
    expect(edges[0]).toMatchObject({
      source: 'component:default/checkout',
      target: 'component:default/payment',
      declared: true,
      observed: true,
      // telemetry sees how calls are made, the catalog says what is meant
      kind: 'sync',
      strength: 'hard',
      callsPerSecond: 1,
      failureRatio: 0.01,
      stale: false,
    });
    expect(edges[0].callsPerRequest).toBeCloseTo(3.6, 6);
    expect(edges[0].provenance).toMatchObject([
      { origin: 'catalog', calls: null },
      {
        origin: 'report:mesh',
        calls: 5,
        attributes: { cluster: 'eu' },
        lastSeenAt: AS_OF,
      },
      { origin: 'telemetry:fake', calls: 604_800, reports: 1 },
    ]);
  });

  it('change nothing when reported twice, and are not cleared by less', async () => {
    const { get, post, knex } = await start();
    const rows = () =>
      Promise.all([
        knex('dependency_edges').orderBy([
          'origin',
          'source_name',
          'target_name',
        ]),
        knex('dependency_nodes').orderBy(['origin', 'name']),
      ]);
    const reported = report({
      nodes: [{ name: 'ledger', title: 'Ledger' }],
      edges: [
        {
          source: 'payment',
          target: 'ledger',
          calls: 10,
          attributes: { a: '1' },
        },
      ],
    });
    await post(REPORTS, reported).expect(200);
    const first = await rows();
    const again = await post(REPORTS, reported).expect(200);
    expect(again.body).toMatchObject({ newEdges: 0, removedEdges: 0 });
    await expect(rows()).resolves.toEqual(first);

    await post(
      REPORTS,
      report({
        reportedAt: '2023-07-01T12:00:00+02:00',
        edges: [
          { source: 'payment', target: 'ledger', attributes: { b: '2' } },
        ],
      }),
    ).expect(200);
    const [[edge], [node]] = await rows();
    expect(edge).toMatchObject({
      calls: 10,
      reports: 2,
      first_seen_at: AS_OF,
      last_seen_at: '2023-07-01T10:00:00.000Z',
    });
    expect(JSON.parse(edge.attributes)).toEqual({ a: '1', b: '2' });
    expect(node.title).toBe('Ledger');
    expect((await get('/services')).status).toBe(200);
  });

  it('of earlier versions may name instants of any year: no page fails for that, and later reports correct it', async () => {
    const { analyse, get, knex, post } = await start();
    await analyse({ asOf: AS_OF });
    const edge = { source: 'component:default/checkout', target: 'ledger' };
    await post(REPORTS, report({ edges: [edge] })).expect(200);
    await knex('dependency_edges')
      .where({ target_name: 'ledger' })
      .update({ first_seen_at: '-000001-12-31T10:00:00.000Z' });
    await knex('graph_version').update({ version: 1_000 });
    await expect(readGraph(get)).resolves.toMatchObject({
      edges: expect.arrayContaining([
        expect.objectContaining({
          target: 'undeclared:ledger',
          firstSeenAt: null,
          lastSeenAt: AS_OF,
        }),
      ]),
    });
    await get('/fleet/undeclared-services').expect(200);
    const seenAt = '2023-06-01T00:00:00.000Z';
    await post(
      REPORTS,
      report({ edges: [{ ...edge, firstSeenAt: seenAt }] }),
    ).expect(200);
    await expect(readGraph(get)).resolves.toMatchObject({
      edges: expect.arrayContaining([
        expect.objectContaining({
          target: 'undeclared:ledger',
          firstSeenAt: seenAt,
        }),
      ]),
    });
  });

  it('are what the source knows in mode replace, of edges no newer than the report', async () => {
    const { post, knex } = await start();
    const edge = (target: string) => ({ source: 'checkout', target });
    await post(REPORTS, report({ edges: [edge('a'), edge('b')] })).expect(200);
    await post(
      REPORTS,
      report({ edges: [edge('new')], reportedAt: '2023-07-02T00:00:00Z' }),
    ).expect(200);
    await post(REPORTS, report({ source: 'other', edges: [edge('c')] }));
    const { body } = await post(
      REPORTS,
      report({
        mode: 'replace',
        edges: [edge('b'), edge('d')],
        reportedAt: '2023-07-01T00:00:00Z',
      }),
    ).expect(200);
    expect(body).toMatchObject({ newEdges: 1, removedEdges: 1 });
    await expect(
      knex('dependency_edges')
        .whereLike('origin', 'report:%')
        .orderBy('target_name')
        .pluck('target_name'),
    ).resolves.toEqual(['b', 'c', 'd', 'new']);
  });

  it.each([
    [{ source: 'telemetry:fake' }, 'source'],
    [{ reportedAt: '2990-01-01T00:00:00Z' }, 'future'],
    [{ reportedAt: '0000-01-01T00:00:00+14:00' }, 'years 1970 to 2999'],
    [
      {
        edges: [
          {
            source: 'a',
            target: 'b',
            firstSeenAt: '9999-12-31T23:00:00-02:00',
          },
        ],
      },
      'edges.0.firstSeenAt: must be an instant of the years 1970 to 2999',
    ],
    [
      {
        edges: [
          { source: 'a', target: 'b', lastSeenAt: '2990-01-01T00:00:00Z' },
        ],
      },
      'lastSeenAt of the edge from "a" to "b"',
    ],
    [
      { edges: [{ source: 'a', target: 'b', calls: 1, failedCalls: 2 }] },
      'failedCalls',
    ],
    [{ edges: [{ source: 'a\0', target: 'b' }] }, 'NUL'],
  ])('are refused with what is wrong: %j', async (wrong, named) => {
    const { post } = await start();
    const { body, status } = await post(REPORTS, report(wrong));
    expect(status).toBe(400);
    expect(body.error.message).toContain(named);
  });

  it('are read again if a call per request is more than a number can hold', async () => {
    const { post, get, analyse } = await start();
    await analyse({ asOf: AS_OF });
    const edges = [
      { source: 'web', target: 'checkout', calls: 5e-324, seconds: 1 },
      { source: 'checkout', target: 'payment', calls: 1e15, seconds: 0.001 },
    ];
    await post(REPORTS, report({ edges })).expect(200);
    const { body } = await get(`${CHECKOUT}/dependencies`).expect(200);
    expect(body.edges).toContainEqual(
      expect.objectContaining({ callsPerSecond: 1e18, callsPerRequest: null }),
    );
  });

  it('may be larger than other bodies', async () => {
    const { post } = await start();
    const attributes = { padding: 'x'.repeat(500) };
    const edges = Array.from({ length: 4_000 }, (_, i) => ({
      source: 'checkout',
      target: `t${i}`,
      attributes,
    }));
    await post(REPORTS, report({ edges })).expect(200);
    const tooLarge = await post('/analyze', { entityRefs: edges });
    expect(tooLarge.status).toBe(413);
  });

  it('need their permission', async () => {
    const { post } = await start({
      overrides: [
        mockServices.permissions.mock({
          authorize: async () => [{ result: AuthorizeResult.DENY }],
        }).factory,
      ],
    });
    const { body } = await post(REPORTS, report()).expect(403);
    expect(body.error.message).toContain('slo-recommender.dependencies.create');
    // what cannot be parsed shows that nobody tried
    await post(REPORTS, {}).send('{').expect(403);
  });

  it('are refused in few words, however many of their items are wrong', async () => {
    const { post } = await start();
    const { text, body } = await post(REPORTS, {
      source: 'mesh',
      ['x'.repeat(10_000)]: 1,
      edges: Array(100_000).fill(1),
    }).expect(400);
    expect(body.error.message).toMatch(
      /edges\.0: .*edges\.18: .*; and others$/s,
    );
    expect(text.length).toBeLessThan(10_000);
    const tooMany = await post(REPORTS, {
      source: 'mesh',
      edges: Array(1_000_000).fill(1),
    }).expect(400);
    expect(tooMany.body.error.message).toMatch(/: edges: [^;]*100000 items$/);
  });

  it.each([
    [
      'a time too short to count in',
      { calls: 1e15, failedCalls: 0, seconds: 5e-324 },
      'seconds',
    ],
    ['failures of no calls', { failedCalls: 7 }, 'failedCalls'],
    [
      'a latency that ends before it begins',
      {
        latency: {
          side: 'client' as const,
          p50: { fromSeconds: 2, toSeconds: 1 },
          p95: { fromSeconds: 2, toSeconds: null },
          p99: { fromSeconds: 2, toSeconds: null },
        },
      },
      'fromSeconds',
    ],
  ])('are refused with %s', async (_, facts, words) => {
    const { post } = await start();
    const { body } = await post(
      REPORTS,
      report({ edges: [{ source: 'checkout', target: 'ledger', ...facts }] }),
    ).expect(400);
    expect(body.error.message).toContain(words);
  });

  it('mean an entity where a reference lacks the namespace', async () => {
    const { analyse, get, post } = await start();
    await analyse({ asOf: AS_OF });
    await post(
      REPORTS,
      report({
        edges: [{ source: 'component:Checkout', target: 'ledger' }],
      }),
    ).expect(200);
    const { edges } = await readGraph(get);
    expect(edges).toContainEqual(
      expect.objectContaining({
        source: 'component:default/checkout',
        target: 'undeclared:ledger',
      }),
    );
  });

  it('keep twenty aliases of a node, however often it is repeated', async () => {
    const { analyse, get, post } = await start();
    await analyse({ asOf: AS_OF });
    await post(
      REPORTS,
      report({
        nodes: Array.from({ length: 50 }, (_, index) => ({
          name: 'ledger',
          aliases: [`ledger-${index}`],
        })),
      }),
    ).expect(200);
    const { nodes } = await readGraph(get);
    const ledger = nodes.find(({ name }) => name === 'ledger');
    expect(ledger?.aliases).toHaveLength(20);
  });

  it('take everything back with an empty report in place of all', async () => {
    const { analyse, get, post } = await start();
    await analyse({ asOf: AS_OF });
    await post(REPORTS, report({ nodes: [{ name: 'alone' }] })).expect(200);
    await post(REPORTS, report({ mode: 'replace', edges: [] })).expect(200);
    const { body } = await get('/fleet/undeclared-services').expect(200);
    expect(undeclaredServicesResponseSchema.parse(body).items).toEqual([]);
  });
});

describeOnDatabases('the graph over time', ({ start }) => {
  it('keeps calls that are seen no more, marks them stale, and lets no analysis of the past replace newer ones', async () => {
    const source = aSource();
    source.observed = [call('checkout', 'payment'), call('checkout', 'gone')];
    const { analyse, get } = await start({ sources: [source] });
    const targets = async (query = '') =>
      dependenciesResponseSchema.parse(
        (await get(`${CHECKOUT}/dependencies?direction=downstream${query}`))
          .body,
      );
    await analyse({ asOf: AS_OF });

    const later = '2023-07-20T12:00:00.000Z';
    source.observed = [
      call('checkout', 'payment', {
        calls: 1_209_600,
        firstSeenAt: before(later, 7),
        lastSeenAt: before(later, 0.5),
      }),
    ];
    await analyse({ asOf: later });
    const now = await targets();
    expect(now.edges.map(({ target }) => target)).toEqual([
      'component:default/payment',
    ]);
    expect(now.staleEdges).toBe(1);
    const all = await targets('&includeStale=true');
    expect(all.staleEdges).toBe(0);
    expect(all.edges).toContainEqual(
      expect.objectContaining({
        target: 'undeclared:gone',
        stale: true,
        observed: true,
        lastSeenAt: before(AS_OF, 0.5).toISOString(),
      }),
    );

    source.observed = [
      call('checkout', 'payment', {
        calls: 1,
        firstSeenAt: before(AS_OF, 3),
        lastSeenAt: before(AS_OF, 2),
      }),
      call('checkout', 'older', {
        firstSeenAt: before(AS_OF, 3),
        lastSeenAt: before(AS_OF, 2),
      }),
    ];
    await analyse({ asOf: before(AS_OF, 1).toISOString() });
    const after = await targets();
    expect(
      after.edges.map(({ target, callsPerSecond }) => [target, callsPerSecond]),
    ).toEqual([
      ['component:default/payment', 2],
      ['undeclared:gone', 1],
      ['undeclared:older', expect.any(Number)],
    ]);
  });

  it('joins what was reported before to entities that come later, and to names by rule', async () => {
    const { analyse, post, get } = await start({
      config: {
        dependencies: {
          aliasRules: [{ pattern: '^(.+)-v\\d+$', replacement: '$1' }],
        },
      },
    });
    await post(
      REPORTS,
      report({
        edges: [
          { source: 'checkout-v2', target: 'payment', calls: 10 },
          { source: 'checkout-v1', target: 'payment', calls: 5 },
        ],
      }),
    ).expect(200);
    const unread = undeclaredServicesResponseSchema.parse(
      (await get('/fleet/undeclared-services')).body,
    );
    expect(unread.items.map(({ name }) => name).sort()).toEqual([
      'checkout-v1',
      'checkout-v2',
      'payment',
    ]);
    // an analysis makes the catalog known
    await analyse({ asOf: AS_OF });
    const { nodes, edges } = dependenciesResponseSchema.parse(
      (await get(`${CHECKOUT}/dependencies`).expect(200)).body,
    );
    expect(nodes.map(({ id }) => id)).toEqual([
      'component:default/checkout',
      'component:default/payment',
    ]);
    expect(
      nodes[0].aliases.map(({ name, joinedBy }) => [name, joinedBy]),
    ).toEqual([
      ['checkout-v1', 'rule'],
      ['checkout-v2', 'rule'],
    ]);
    expect(edges[0].provenance).toContainEqual(
      expect.objectContaining({ origin: 'report:mesh', calls: 15 }),
    );
  });

  it('shows where catalog and telemetry disagree', async () => {
    const source = aSource();
    source.observed = [call('checkout', 'silent'), call('checkout', 'mystery')];
    const { analyse, get } = await start({ sources: [source] });
    const divergence = async (name: string) =>
      divergenceResponseSchema.parse(
        (await get(`/services/component/default/${name}/divergence`)).body,
      );
    await analyse({ asOf: AS_OF });
    const checkout = await divergence('checkout');
    expect(checkout.undeclared.map(({ target }) => target)).toEqual([
      'component:default/silent',
      'undeclared:mystery',
    ]);
    expect(checkout.unseen.map(({ target }) => target)).toEqual([
      'component:default/payment',
    ]);
    expect(checkout.catalogLines).toBe(
      'spec:\n  dependsOn:\n    - component:default/silent\n',
    );
    await expect(divergence('payment')).resolves.toMatchObject({
      unobserved: true,
      unseen: [],
      catalogLines: null,
    });
    const fleet = await get('/fleet/divergence').expect(200);
    expect(fleet.body).toMatchObject({
      items: [
        { entityRef: 'component:default/checkout', undeclared: 2, unseen: 1 },
      ],
      totals: { undeclared: 2, unseen: 1, agreeing: 0 },
    });
    const observed = await get('/fleet/observed-dependencies').expect(200);
    expect(observed.body.items).toEqual([
      expect.objectContaining({
        source: 'component:default/checkout',
        target: 'component:default/silent',
        origins: ['telemetry:fake'],
      }),
    ]);
    const undeclared = await get('/fleet/undeclared-services').expect(200);
    expect(undeclared.body.items).toEqual([
      expect.objectContaining({
        id: 'undeclared:mystery',
        callers: [{ id: 'component:default/checkout', name: 'Checkout' }],
        callsPerSecond: 1,
      }),
    ]);
    await get('/fleet/aliases').expect(200);
    await get('/fleet/dangling-references').expect(200);
  });
});
