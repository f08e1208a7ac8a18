import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { OptInMode } from 'backstage-plugin-slo-recommender-common';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { aComponent } from '../__testUtils__/entities';
import { DependencyStore, EntityStore } from '../store';
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
    const run = (source: Entity[]) =>
      new CatalogSync({
        catalog: catalogServiceMock({ entities: source }),
        auth: mockServices.auth(),
        logger: mockServices.logger.mock(),
        database,
        entities,
        dependencies,
        optIn,
        now: () => new Date(0),
      }).run();
    return { services: await run(catalog), entities, dependencies, run };
  }

  it('takes what is opted in, with what its annotations say', async () => {
    const { services } = await sync([
      aComponent('checkout', {
        title: 'Checkout',
        annotations: {
          'slo-recommender.io/availability-objective': '99.95',
          'slo-recommender.io/telemetry-name': 'checkout-v1, checkout-v2',
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
        telemetryNames: ['checkout-v1', 'checkout-v2'],
        windowMs: null,
        annotationIssues: [
          {
            annotation: 'slo-recommender.io/window',
            message: expect.stringContaining('"fortnight"'),
          },
        ],
      }),
    ]);
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
    const edges = await dependencies.listAll();
    expect(
      edges.map(edge => `${edge.sourceId} ${edge.kind} ${edge.targetId}`),
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
    const { entities, dependencies, run } = await sync([
      shop,
      aComponent('cart'),
    ]);
    const before = [await entities.getAll(), await dependencies.listAll()];
    await run([shop, aComponent('cart')]);
    expect([await entities.getAll(), await dependencies.listAll()]).toEqual(
      before,
    );
    await run([aComponent('cart')]);
    expect([...(await entities.getAll()).keys()]).toEqual([
      'component:default/cart',
    ]);
    await expect(dependencies.listAll()).resolves.toEqual([]);
  });
});
