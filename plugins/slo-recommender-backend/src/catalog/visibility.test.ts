import { setTimeout } from 'timers/promises';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  dependenciesResponseSchema,
  servicesResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { ObservedDependency } from 'backstage-plugin-slo-recommender-node';
import {
  AS_OF,
  aSource,
  CHECKOUT,
  checkout,
  payment,
  silent,
  describeOnDatabases,
} from '../__testUtils__/shop';

jest.setTimeout(120_000);

const EXCLUSION = {
  from: '2023-06-30T00:00:00Z',
  to: '2023-06-30T01:00:00Z',
  reason: 'moved',
};

describeOnDatabases('what a reader may see', ({ start }) => {
  /** A backend whose users may read Checkout alone. */
  const startForUsersOfCheckout = (sources = [aSource()]) => {
    const visible = catalogServiceMock({ entities: [checkout] });
    const all = catalogServiceMock({ entities: [checkout, payment, silent] });
    return start({
      sources,
      catalog: catalogServiceMock.mock({
        streamEntities: (request, options) =>
          all.streamEntities(request, options),
        getEntitiesByRefs: async (request, options) =>
          options &&
          'credentials' in options &&
          JSON.stringify(options.credentials.principal).includes('"user"')
            ? visible.getEntitiesByRefs(request)
            : all.getEntitiesByRefs(request),
      }).factory,
      overrides: [
        mockServices.permissions.mock({
          authorize: async () => [{ result: AuthorizeResult.ALLOW }],
          authorizeConditional: async () => [
            {
              result: AuthorizeResult.CONDITIONAL,
              pluginId: 'catalog',
              resourceType: 'catalog-entity',
              conditions: {
                rule: 'IS_ENTITY_OWNER',
                resourceType: 'catalog-entity',
                params: {},
              },
            },
          ],
        }).factory,
      ],
    });
  };

  it('shows a reader only the entities that the catalog shows to that reader', async () => {
    const { analyse, get } = await startForUsersOfCheckout();
    await analyse({ asOf: AS_OF });
    const { items, totalItems } = servicesResponseSchema.parse(
      (await get('/services')).body,
    );
    expect(items.map(({ title }) => title)).toEqual(['Checkout']);
    expect(totalItems).toBe(1);
    const { nodes, edges, hiddenNodes, hiddenEdges } =
      dependenciesResponseSchema.parse(
        (await get(`${CHECKOUT}/dependencies`)).body,
      );
    expect(nodes).toHaveLength(1);
    expect(edges).toEqual([]);
    expect(hiddenNodes).toBe(1);
    expect(hiddenEdges).toBe(1);
    for (const path of [
      '',
      '/slo-recommendations',
      '/error-budget-breakdown',
      '/dependencies',
      '/divergence',
      '/events',
      '/exclusions',
    ]) {
      await get(`/services/component/default/payment${path}`).expect(404);
    }
  });

  it('hides a service from those who name the ETag of an answer about it', async () => {
    const { analyse, get } = await startForUsersOfCheckout();
    await analyse({ asOf: AS_OF });
    const path = '/services/component/default/payment/slo-recommendations';
    const { headers } = await get(path)
      .set('Authorization', mockCredentials.service.header())
      .expect(200);
    const answer = await get(path).set('If-None-Match', headers.etag);
    expect(answer.status).toBe(404);

    const all = await get('/services').set(
      'Authorization',
      mockCredentials.service.header(),
    );
    expect(all.body.totalItems).toBe(3);
    const own = await get('/services').set('If-None-Match', all.headers.etag);
    expect(own.body).toMatchObject({ totalItems: 1, counts: { ok: 1 } });
  });

  it('takes no order for what the caller may not read, in the words for what is not there', async () => {
    const { analyse, post } = await startForUsersOfCheckout();
    await analyse({ asOf: AS_OF });
    const refuse = async (entityRef: string) => {
      const { body } = await post('/analyze', {
        entityRefs: [entityRef],
      }).expect(400);
      return body.error.message.replace(entityRef, '…');
    };
    expect(await refuse('component:default/payment')).toBe(
      await refuse('component:default/nobody'),
    );
    await post('/analyze', {
      entityRefs: ['component:default/checkout'],
    }).expect(202);
  });

  it('counts only visible services in the status and in an analysis, and shows no other analysis', async () => {
    const source = aSource();
    const { analyse, get, knex, post } = await startForUsersOfCheckout([
      source,
    ]);
    const asService = mockCredentials.service.header();
    const whole = await analyse({ asOf: AS_OF });
    expect(whole).toMatchObject({ status: 'completed', services: 1 });
    const read = async (path: string, token: string) =>
      (await get(path).set('Authorization', token).expect(200)).body;
    const own = (path: string) => read(path, mockCredentials.user.header());
    await expect(own('/status')).resolves.toMatchObject({
      services: 1,
      currentAnalysis: { id: whole.id },
    });
    await expect(read('/status', asService)).resolves.toMatchObject({
      services: 3,
    });
    await expect(
      read(`/analyze/${whole.id}`, asService),
    ).resolves.toMatchObject({ services: 3 });

    let open = () => {};
    source.gate = new Promise(resolve => {
      open = resolve;
    });
    const ordered = await post('/analyze', {
      asOf: '2023-07-01T12:00:00Z',
      entityRefs: ['component:default/payment'],
    })
      .set('Authorization', asService)
      .expect(202);
    const backfill = {
      services: 3,
      servicesDone: 0,
      serviceHours: 9,
      serviceHoursDone: 0,
      secondsLeft: null,
    };
    const active = async (token: string) =>
      (await read('/status', token)).activeAnalysis;
    while ((await active(asService))?.status !== 'running') {
      await setTimeout(20);
    }
    await knex('analyses')
      .where({ status: 'running' })
      .update({ backfill: JSON.stringify(backfill) });
    await expect(active(asService)).resolves.toMatchObject({ backfill });
    await expect(active(mockCredentials.user.header())).resolves.toBeNull();
    const refuse = async (id: string) => {
      const { body } = await get(`/analyze/${id}`).expect(404);
      return body.error.message.replace(id, '…');
    };
    expect(await refuse(ordered.body.id)).toBe(await refuse('nothing'));

    // as if it were of the whole fleet
    await knex('analyses')
      .where({ status: 'running' })
      .update({ entity_refs: null });
    await expect(active(mockCredentials.user.header())).resolves.toMatchObject({
      id: ordered.body.id,
      backfill: null,
    });
    open();
  });

  it('shows an analysis to its caller though a service of it has left the catalog', async () => {
    const { analyse, get, knex } = await startForUsersOfCheckout();
    const { id } = await analyse({ asOf: AS_OF });
    await knex('analyses').update({
      entity_refs: JSON.stringify(['component:default/gone']),
    });
    const status = async () => (await get(`/analyze/${id}`)).status;
    await expect(status()).resolves.toBe(200);
    await knex('analyses').update({ requested_by: 'user:default/other' });
    await expect(status()).resolves.toBe(404);
  });

  it('quotes no datasource to a reader from whom services are hidden', async () => {
    const source = aSource();
    source.failure = new Error('no answer about payment');
    const { analyse, get } = await startForUsersOfCheckout([source]);
    const { id } = await analyse({ asOf: AS_OF });
    const messagesFor = async (token: string) => {
      const read = async (path: string) =>
        (await get(path).set('Authorization', token).expect(200)).body;
      const { error } = await read(`/analyze/${id}`);
      const { datasources } = await read('/status');
      return [error, datasources[0].message];
    };
    await expect(
      messagesFor(mockCredentials.service.header()),
    ).resolves.toEqual(
      Array(2).fill(expect.stringContaining('no answer about payment')),
    );
    await expect(messagesFor(mockCredentials.user.header())).resolves.toEqual(
      Array(2).fill(expect.stringContaining('hides from you')),
    );
  });

  it('shows the calibration of the fleet to those who may read every service', async () => {
    const { analyse, get } = await startForUsersOfCheckout();
    await analyse({ asOf: AS_OF });
    const { body } = await get('/fleet/calibration').expect(403);
    expect(body.error.message).toContain('hides some of them from you');
    await get('/fleet/calibration')
      .set('Authorization', mockCredentials.service.header())
      .expect(200);
  });

  it('lets nobody write to a service that the caller may not read', async () => {
    const { analyse, knex, post } = await startForUsersOfCheckout();
    await analyse({ asOf: AS_OF });
    for (const [path, body] of [
      ['/events', { title: 'Version 2' }],
      ['/exclusions', EXCLUSION],
      ['/exclusions/1/withdrawal', {}],
    ] as const) {
      const refuse = async (name: string) => {
        const answer = await post(
          `/services/component/default/${name}${path}`,
          body,
        ).expect(404);
        return answer.body.error.message.replace(name, '…');
      };
      expect(await refuse('payment')).toBe(await refuse('nobody'));
    }
    for (const table of ['service_events', 'exclusions', 'service_revisions']) {
      await expect(knex(table)).resolves.toEqual([]);
    }
  });

  it('does not name a hidden service in the reason of an alias', async () => {
    const { analyse, get, post } = await startForUsersOfCheckout();
    await analyse({ asOf: AS_OF });
    await post('/services/dependencies', {
      source: 'mesh',
      nodes: [
        {
          name: 'till',
          aliases: ['component:default/checkout', 'component:default/payment'],
        },
      ],
      edges: [{ source: 'shop-window', target: 'till' }],
    }).expect(200);
    const { body } = await get(`${CHECKOUT}/dependencies`).expect(200);
    expect(JSON.stringify(body)).toContain('till');
    expect(JSON.stringify(body)).not.toContain('payment');
  });

  it('counts what is hidden in the graph, and names it nowhere', async () => {
    const call = (client: string, server: string): ObservedDependency => ({
      client,
      server,
      connectionType: 'request',
      calls: 1_000,
      failedCalls: 100,
      latency: null,
      firstSeenAt: new Date('2023-06-29T12:00:00Z'),
      lastSeenAt: new Date('2023-06-30T00:00:00Z'),
    });
    const source = aSource();
    source.observed = [
      call('checkout', 'silent'),
      call('checkout', 'open-ledger'),
      call('open-ledger', 'open-archive'),
      // what only hidden services call would tell of them
      call('payment', 'secret-store'),
      call('payment', 'checkout'),
      call('checkout', 'payment'),
      call('silent', 'Secret-Store:80'),
    ];
    const { analyse, get } = await startForUsersOfCheckout([source]);
    await analyse({ asOf: AS_OF });
    const read = async (path: string) => {
      const { body } = await get(path).expect(200);
      expect(JSON.stringify(body)).not.toMatch(/payment|silent|secret/i);
      return body;
    };
    const graph = await read(`${CHECKOUT}/dependencies?depth=9`);
    expect(graph.nodes.map(({ id }: { id: string }) => id)).toEqual([
      'component:default/checkout',
      'undeclared:open-ledger',
      'undeclared:open-archive',
    ]);
    expect(graph).toMatchObject({ hiddenNodes: 4, hiddenEdges: 5 });
    await expect(read(`${CHECKOUT}/divergence`)).resolves.toMatchObject({
      undeclared: [{ target: 'undeclared:open-ledger' }],
      agreeing: 1,
      hidden: 1,
    });
    await expect(read('/fleet/divergence')).resolves.toMatchObject({
      totalItems: 1,
      totals: { undeclared: 2, unseen: 0, agreeing: 1 },
    });
    await expect(
      read('/fleet/undeclared-services?limit=1'),
    ).resolves.toMatchObject({ totalItems: 2, nextCursor: expect.anything() });
    await expect(read('/fleet/aliases')).resolves.toMatchObject({ items: [] });
    await expect(read('/fleet/observed-dependencies')).resolves.toEqual({
      items: [],
    });
    await read('/fleet/dangling-references');
    const cycles = await read('/fleet/cycles');
    expect(cycles.items).toEqual([
      expect.objectContaining({
        members: [expect.objectContaining({ name: 'Checkout' })],
        hiddenMembers: 1,
        calls: [],
      }),
    ]);
    await read(`/fleet/cycles/${cycles.items[0].id}`);
  });

  it.each([
    ['/analyze', {}, 'slo-recommender.analysis.create'],
    [`${CHECKOUT}/events`, { title: '2' }, 'slo-recommender.event.create'],
    [`${CHECKOUT}/exclusions`, EXCLUSION, 'slo-recommender.exclusion.update'],
    [
      `${CHECKOUT}/exclusions/1/withdrawal`,
      {},
      'slo-recommender.exclusion.update',
    ],
  ])(
    'refuses %s with %j to those who lack %s',
    async (path, told, permission) => {
      const { post } = await start({
        overrides: [
          mockServices.permissions.mock({
            authorize: async () => [{ result: AuthorizeResult.DENY }],
          }).factory,
        ],
      });
      const { body } = await post(path, told).expect(403);
      expect(body.error.message).toContain(permission);
    },
  );
});
