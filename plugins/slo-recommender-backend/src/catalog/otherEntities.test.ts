import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  dependenciesResponseSchema,
  divergenceResponseSchema,
} from 'backstage-plugin-slo-recommender-common';
import type { ObservedDependency } from 'backstage-plugin-slo-recommender-node';
import { aComponent } from '../__testUtils__/entities';
import {
  AS_OF,
  aSource,
  checkout,
  CHECKOUT,
  describeOnDatabases,
} from '../__testUtils__/shop';

jest.setTimeout(120_000);

const call = (server: string): ObservedDependency => ({
  client: 'checkout',
  server,
  connectionType: 'request',
  calls: 604_800,
  failedCalls: 0,
  latency: null,
  firstSeenAt: new Date('2023-06-23T12:00:00Z'),
  lastSeenAt: new Date('2023-06-30T00:00:00Z'),
});

const notOptedIn = (
  kind: string,
  name: string,
  annotations: Record<string, string> = {},
  namespace = 'default',
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace, annotations },
  spec: { type: 'service' },
});

const named = (names: string) => ({
  'slo-recommender.io/telemetry-name': names,
});

const orders = notOptedIn('Component', 'orders');
const provider = notOptedIn(
  'Resource',
  'pay-provider',
  named('api.pay.example'),
);
const mailer = notOptedIn('Component', 'Mail_Er', named('mail, smtp'));
const unrelated = notOptedIn('Component', 'unrelated');

describeOnDatabases('entities that have not opted in', ({ start }) => {
  async function analysed(
    names: string[],
    options: Partial<Parameters<typeof start>[0]>,
  ) {
    const source = aSource();
    source.observed = names.map(call);
    const backend = await start({ sources: [source], ...options });
    await backend.analyse({ asOf: AS_OF });
    const graph = async () =>
      dependenciesResponseSchema.parse(
        (await backend.get(`${CHECKOUT}/dependencies?direction=downstream`))
          .body,
      );
    return { ...backend, graph };
  }

  it.each<[string, string[], Entity[], string]>([
    ['by their name', ['orders'], [orders], 'component:default/orders'],
    [
      'by annotation, however the host is written',
      ['https://api.pay.example:443/', 'API.PAY.EXAMPLE', 'api.pay.example.'],
      [provider],
      'resource:default/pay-provider',
    ],
    [
      'by one of several names, and by what names differ in',
      ['smtp', 'MAIL:25', 'mail-er'],
      [mailer],
      'component:default/mail_er',
    ],
    [
      'by host and namespace',
      ['http://orders.shop.svc.cluster.local:80'],
      [notOptedIn('Component', 'orders', {}, 'shop')],
      'component:shop/orders',
    ],
    [
      'as a Component rather than an API',
      ['orders'],
      [notOptedIn('API', 'orders'), orders],
      'component:default/orders',
    ],
  ])('are known %s', async (_, names, entities, ref) => {
    const { get, graph, knex } = await analysed(names, {
      entities: [checkout, unrelated, ...entities],
    });
    const { nodes, edges } = await graph();
    const found = nodes.filter(({ id }) => edges.some(e => e.target === id));
    expect(found).toContainEqual(
      expect.objectContaining({
        id: ref,
        entityRef: ref,
        analysed: false,
        inCatalog: true,
      }),
    );
    expect(edges.filter(({ observed }) => observed)).toEqual([
      expect.objectContaining({
        target: ref,
        callsPerSecond: names.length,
      }),
    ]);
    const divergence = divergenceResponseSchema.parse(
      (await get(`${CHECKOUT}/divergence`)).body,
    );
    expect(divergence.undeclared.map(({ advice }) => advice)).toEqual([
      expect.stringContaining(
        `${ref} is not opted in: set slo-recommender.io/enabled: 'true' on it`,
      ),
    ]);
    expect((await get('/fleet/undeclared-services')).body).toMatchObject({
      items: [],
    });
    // they are no services, and others are not kept
    expect((await get('/services')).body.totalItems).toBe(1);
    expect(await knex('other_entities').pluck('entity_ref')).not.toContain(
      'component:default/unrelated',
    );
  });

  it('come after those that have', async () => {
    const { graph } = await analysed(['api'], {
      entities: [
        checkout,
        aComponent('front', { annotations: named('API') }),
        notOptedIn('Component', 'api'),
      ],
    });
    expect((await graph()).edges.map(({ target }) => target)).toContain(
      'component:default/front',
    );
  });

  it('are not guessed if two could be meant', async () => {
    const { get } = await analysed(['orders'], {
      entities: [
        checkout,
        orders,
        notOptedIn('Component', 'orders', {}, 'shop'),
      ],
    });
    expect((await get('/fleet/undeclared-services')).body).toMatchObject({
      items: [
        {
          name: 'orders',
          claimants: ['component:default/orders', 'component:shop/orders'],
        },
      ],
    });
  });

  it('are known to the sources of reports by their reference', async () => {
    const { analyse, graph, post } = await analysed([], {
      entities: [checkout, orders],
    });
    await post('/services/dependencies', {
      source: 'mesh',
      reportedAt: AS_OF,
      edges: [
        {
          source: 'component:default/checkout',
          target: 'component:default/orders',
        },
      ],
    }).expect(200);
    await analyse({ asOf: AS_OF });
    expect((await graph()).nodes).toContainEqual(
      expect.objectContaining({
        id: 'component:default/orders',
        inCatalog: true,
      }),
    );
  });

  it('stay hidden from those who may not see them', async () => {
    const visible = catalogServiceMock({ entities: [checkout, provider] });
    const all = catalogServiceMock({ entities: [checkout, provider, orders] });
    const { get, graph } = await analysed(['orders', 'api.pay.example'], {
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
    const found = await graph();
    expect(found.nodes.map(({ id }) => id)).toContain(
      'resource:default/pay-provider',
    );
    expect(JSON.stringify(found)).not.toContain('orders');
    for (const path of [
      `${CHECKOUT}/divergence`,
      '/fleet/undeclared-services',
      '/fleet/divergence',
      '/fleet/aliases',
      '/fleet/observed-dependencies',
    ]) {
      expect(JSON.stringify((await get(path)).body)).not.toContain('orders');
    }
  });
});
