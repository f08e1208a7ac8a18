import { setTimeout } from 'timers/promises';
import {
  coreServices,
  createBackendPlugin,
  type SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import module from './index';

jest.setTimeout(60_000);

const CATALOG = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    slo-recommender.io/criticality: urgent
spec: { type: service, lifecycle: production, owner: team, dependsOn: ['component:payment'] }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: cart }
spec: { type: service, lifecycle: production, owner: team }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: payment }
spec: { type: service, lifecycle: production, owner: team }
`;

const OBSERVED = {
  items: ['cart', 'payment'].map(callee => ({
    source: 'component:default/shop',
    target: `component:default/${callee}`,
    origins: ['telemetry:prometheus'],
    lastSeenAt: null,
  })),
};

/** Stands for the backend of SLO Recommender, in the same process behind real requests. */
function aBackend(answer: () => object | 'never' | 'broken') {
  const requests: (string | undefined)[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'slo-recommender',
    register(env) {
      env.registerInit({
        deps: {
          http: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        async init({ http, httpAuth }) {
          http.use(async (req, res) => {
            const { principal } = await httpAuth.credentials(req, {
              allow: ['service'],
            });
            requests.push(`${principal.subject} ${req.path}`);
            const body = answer();
            if (body === 'never') return;
            if (body === 'broken') res.status(500).end('<html>');
            else res.json(body);
          });
        },
      });
    },
  });
  return { plugin, requests };
}

type Task = Parameters<SchedulerService['scheduleTask']>[0];

const mockDirectory = createMockDirectory();
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function startCatalog(options: {
  backend?: ReturnType<typeof aBackend>;
  sloRecommender?: JsonObject;
}) {
  mockDirectory.setContent({ 'catalog-info.yaml': CATALOG });
  const tasks: Task[] = [];
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      module,
      mockServices.scheduler.mock({
        scheduleTask: async task => {
          tasks.push(task);
        },
      }).factory,
      ...(options.backend ? [options.backend.plugin] : []),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost:0' },
          catalog: {
            processingInterval: { seconds: 1 },
            stitchingStrategy: { pollingInterval: { milliseconds: 20 } },
            locations: [
              {
                type: 'file',
                target: mockDirectory.resolve('catalog-info.yaml'),
              },
            ],
          },
          sloRecommender: options.sloRecommender ?? {},
        },
      }),
    ],
  });
  const shutdown = new AbortController();
  stops.push(async () => {
    shutdown.abort();
    await backend.stop();
  });
  // in the background, as the real one does
  for (const { id, fn } of tasks) {
    if (id.startsWith('slo-recommender')) void fn(shutdown.signal);
  }

  /** The entity as soon as it is as expected. */
  async function shop(
    isExpected: (entity: AlphaEntity) => boolean = () => true,
  ): Promise<AlphaEntity> {
    for (;;) {
      const { status, body } = await request(backend.server).get(
        '/api/catalog/entities/by-name/component/default/shop',
      );
      if (status === 200 && body.relations?.length && isExpected(body)) {
        return body;
      }
      await setTimeout(100);
    }
  }
  return { shop };
}

const callees = ({ relations = [] }: Entity) =>
  relations
    .filter(({ type }) => type === 'dependsOn')
    .map(({ targetRef }) => targetRef);
const annotation = ({ metadata }: Entity) =>
  metadata.annotations?.['slo-recommender.io/observed-dependencies'];

const PAYMENT = 'component:default/payment';
const BOTH = ['component:default/cart', PAYMENT];
const ON = { catalog: { observedRelations: true } };

describe('the catalog module', () => {
  it('shows malformed annotations in the status, and asks nobody unless switched on', async () => {
    const backend = aBackend(() => OBSERVED);
    const { shop } = await startCatalog({ backend });
    const entity = await shop();
    expect(entity.status?.items).toEqual([
      {
        type: 'slo-recommender.io/annotations',
        level: 'warning',
        message: expect.stringContaining('"urgent"'),
      },
    ]);
    await setTimeout(2_000);
    expect(callees(await shop())).toEqual([PAYMENT]);
    expect(annotation(await shop())).toBeUndefined();
    expect(backend.requests).toEqual([]);
  });

  it('adds relations for what was observed beside those declared, and marks them', async () => {
    const backend = aBackend(() => OBSERVED);
    const { shop } = await startCatalog({ backend, sloRecommender: ON });
    const entity = await shop(one => callees(one).length > 1);
    expect(callees(entity)).toEqual(BOTH);
    expect(annotation(entity)).toBe('component:default/cart');
    expect(entity.status?.items).toHaveLength(1);
    expect(backend.requests).toEqual([
      'plugin:catalog /v1/fleet/observed-dependencies',
    ]);
  });

  it.each([
    ['is not there', undefined],
    ['never answers', aBackend(() => 'never')],
    ['fails', aBackend(() => 'broken')],
    ['answers something else', aBackend(() => ({ items: 'many' }))],
  ])('processes entities where the backend %s', async (_, backend) => {
    const { shop } = await startCatalog({ backend, sloRecommender: ON });
    const entity = await shop(one => Boolean(one.status?.items?.length));
    expect(callees(entity)).toEqual([PAYMENT]);
  });

  it('takes a malformed switch for off', async () => {
    const backend = aBackend(() => OBSERVED);
    const { shop } = await startCatalog({
      backend,
      sloRecommender: { catalog: { observedRelations: 'perhaps' } },
    });
    expect(callees(await shop())).toEqual([PAYMENT]);
    expect(backend.requests).toEqual([]);
  });
});
