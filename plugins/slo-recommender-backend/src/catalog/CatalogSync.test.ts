import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { OptInMode } from 'backstage-plugin-slo-recommender-common';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { aComponent } from '../__testUtils__/entities';
import { DependencyStore, readGraphVersion } from '../dependencies';
import { EntityStore } from './EntityStore';
import { CatalogSync } from './CatalogSync';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const anApi = (name: string, ...providers: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'API',
  metadata: { name, namespace: 'default' },
  relations: providers.map(targetRef => ({ type: 'apiProvidedBy', targetRef })),
});

describe.each(databases.eachSupportedId())('CatalogSync on %s', databaseId => {
  async function sync(catalog: Entity[], optIn: OptInMode = 'annotated') {
    const database = await openTestDatabase(databases, databaseId);
    const entities = new EntityStore(database);
    const dependencies = new DependencyStore(database);
    const logger = mockServices.logger.mock();
    let nowMs = 0;
    let content = catalog;
    const service = catalogServiceMock.mock();
    service.streamEntities.mockImplementation((...call) =>
      catalogServiceMock({ entities: content }).streamEntities(...call),
    );
    service.getEntitiesByRefs.mockImplementation((...call) =>
      catalogServiceMock({ entities: content }).getEntitiesByRefs(...call),
    );
    const catalogSync = new CatalogSync({
      catalog: service,
      auth: mockServices.auth(),
      logger,
      database,
      entities,
      dependencies,
      optIn,
      now: () => new Date(nowMs),
    });
    const run = (source: Entity[]) => {
      content = source;
      nowMs += 60_000;
      return catalogSync.run();
    };
    const services = await catalogSync.run();
    return { services, entities, dependencies, run, logger, database };
  }

  it('takes what is opted in, with what its annotations say', async () => {
    const { services, entities } = await sync([
      aComponent('checkout', {
        title: 'Checkout',
        annotations: {
          'slo-recommender.io/availability-objective': '99.95',
          'slo-recommender.io/latency-objective': '99% < 300ms',
          'slo-recommender.io/telemetry-name': 'checkout-v1, checkout-v2',
          'slo-recommender.io/matchers': 'env="prod"',
          'slo-recommender.io/window': 'fortnight',
        },
      }),
      aComponent('other', {
        annotations: { 'slo-recommender.io/enabled': 'false' },
      }),
      aComponent('third', {
        annotations: { 'slo-recommender.io/enabled': 'yes' },
      }),
    ]);
    expect(services).toEqual([
      expect.objectContaining({
        entityRef: 'component:default/checkout',
        title: 'Checkout',
        owner: 'group:default/team',
        promisedObjective: 0.9995,
        promisedLatency: { objective: 0.99, thresholdSeconds: 0.3 },
        telemetryNames: ['checkout-v1', 'checkout-v2'],
        matchers: [{ label: 'env', operator: '=', value: 'prod' }],
        windowMs: null,
        annotationIssues: [
          {
            annotation: 'slo-recommender.io/window',
            message: expect.stringContaining('"fortnight"'),
          },
        ],
      }),
    ]);
    await expect(entities.listServices()).resolves.toEqual(services);
  });

  it('takes every Component but those that opt out, where all are asked for', async () => {
    const unannotated = aComponent('plain');
    delete unannotated.metadata.annotations;
    const { services } = await sync(
      [
        unannotated,
        aComponent('out', {
          annotations: { 'slo-recommender.io/enabled': 'false' },
        }),
        { ...aComponent('db'), kind: 'Resource' },
      ],
      'all',
    );
    expect(services.map(({ entityRef }) => entityRef)).toEqual([
      'component:default/plain',
      'resource:default/db',
    ]);
  });

  it('turns relations into edges from caller to callee, through APIs, once each', async () => {
    const { dependencies, entities } = await sync([
      aComponent('shop', {
        annotations: {
          'slo-recommender.io/soft-dependencies': 'component:ads',
          'slo-recommender.io/async-dependencies': 'mail',
        },
        relations: [
          { type: 'dependsOn', targetRef: 'component:default/ads' },
          { type: 'dependsOn', targetRef: 'component:default/mail' },
          { type: 'dependsOn', targetRef: 'resource:default/gone' },
          { type: 'consumesApi', targetRef: 'api:default/payment-api' },
          { type: 'consumesApi', targetRef: 'api:default/nobodys' },
          { type: 'dependencyOf', targetRef: 'component:default/web' },
        ],
      }),
      aComponent('payment', {
        relations: [
          { type: 'providesApi', targetRef: 'api:default/payment-api' },
          { type: 'dependencyOf', targetRef: 'component:default/shop' },
        ],
      }),
      anApi('payment-api', 'component:default/payment'),
      anApi('nobodys'),
    ]);
    const edges = await dependencies.listEdges();
    expect(
      edges.map(
        edge =>
          `${edge.sourceName} ${edge.kind ?? edge.strength} ${edge.targetName}`,
      ),
    ).toEqual([
      'component:default/shop hard api:default/nobodys',
      'component:default/shop soft component:default/ads',
      'component:default/shop async component:default/mail',
      'component:default/shop hard component:default/payment',
      'component:default/shop hard resource:default/gone',
      'component:default/web hard component:default/shop',
    ]);
    const all = await entities.getAll();
    expect(all.get('resource:default/gone')).toMatchObject({
      optedIn: false,
      title: 'gone',
      kind: 'resource',
    });
  });

  it('forgets what left the catalog, and changes nothing when run again', async () => {
    const shop = aComponent('shop', {
      relations: [{ type: 'dependsOn', targetRef: 'component:default/cart' }],
    });
    const { entities, dependencies, run, database } = await sync([
      shop,
      aComponent('cart'),
    ]);
    const state = async () => [
      await entities.getAll(),
      await dependencies.listEdges(),
      await entities.listDanglingReferences(),
      await readGraphVersion(database),
    ];
    const before = await state();
    await run([shop, aComponent('cart')]);
    await expect(state()).resolves.toEqual(before);
    await run([aComponent('cart')]);
    expect([...(await entities.getAll()).keys()]).toEqual([
      'component:default/cart',
    ]);
    await expect(dependencies.listEdges()).resolves.toEqual([]);
  });

  it('records each reference to what the catalog does not hold, and logs it once', async () => {
    const team = { ...anApi('team'), kind: 'Group' };
    const shop = aComponent('shop', {
      relations: [
        { type: 'partOf', targetRef: 'system:default/web' },
        { type: 'dependsOn', targetRef: 'resource:default/db' },
        { type: 'dependsOn', targetRef: 'component:default/cart' },
        { type: 'consumesApi', targetRef: 'api:default/payment' },
        { type: 'dependsOn', targetRef: 'not a reference' },
      ],
    });
    const cart = {
      ...aComponent('cart', {
        annotations: { 'slo-recommender.io/enabled': 'false' },
        relations: [
          { type: 'partOf', targetRef: 'system:default/web' },
          { type: 'dependencyOf', targetRef: 'component:default/shop' },
        ],
      }),
    };
    const { entities, run, logger, services } = await sync([shop, cart, team]);
    expect(services[0].system).toBe('system:default/web');
    await expect(entities.listDanglingReferences()).resolves.toEqual([
      {
        targetRef: 'api:default/payment',
        entityRef: 'component:default/shop',
        relation: 'consumesApi',
      },
      {
        targetRef: 'resource:default/db',
        entityRef: 'component:default/shop',
        relation: 'dependsOn',
      },
      {
        targetRef: 'system:default/web',
        entityRef: 'component:default/cart',
        relation: 'partOf',
      },
      {
        targetRef: 'system:default/web',
        entityRef: 'component:default/shop',
        relation: 'partOf',
      },
    ]);
    // a catalog that fills holds more in a moment
    expect(logger.warn).not.toHaveBeenCalled();
    const payment = anApi('payment');
    await run([shop, cart, team, payment]);
    await run([shop, cart, team, payment]);
    expect(logger.warn.mock.calls.map(([message]) => message)).toEqual([
      'The catalog does not hold system:default/web, which component:default/shop (partOf) and 1 more refers to. Register it, or fix the reference.',
      'The catalog does not hold resource:default/db, which component:default/shop (dependsOn) refers to. Register it, or fix the reference.',
    ]);
    await run([team]);
    await expect(entities.listDanglingReferences()).resolves.toEqual([]);
  });

  it('copies 5,000 services with two relations each, and writes nothing the second time', async () => {
    const name = (index: number) => `service-${index % 5_000}`;
    const catalog = Array.from({ length: 5_000 }, (_, index) =>
      aComponent(name(index), {
        relations: Array.from({ length: 2 }, (__, step) => ({
          type: 'dependsOn',
          targetRef: `component:default/${name(index + 7 * step + 1)}`,
        })),
      }),
    );
    let begin = performance.now();
    const { run, dependencies, database } = await sync(catalog);
    const first = performance.now() - begin;
    const version = await readGraphVersion(database);
    begin = performance.now();
    await run(catalog);
    const second = performance.now() - begin;
    process.stdout.write(
      `${databaseId}: 5,000 services and 10,000 relations copied in ${Math.round(
        first,
      )} ms, again in ${Math.round(second)} ms\n`,
    );
    await expect(dependencies.listEdges()).resolves.toHaveLength(10_000);
    await expect(readGraphVersion(database)).resolves.toEqual(version);
  });
});
