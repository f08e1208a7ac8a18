import { readFile } from 'fs/promises';
import { resolve } from 'path';
import { setTimeout } from 'timers/promises';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type SchedulerService,
} from '@backstage/backend-plugin-api';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import permissionPlugin from '@backstage/plugin-permission-backend';
import request from 'supertest';
import { API } from '../__testUtils__/startBackend';
import { sloRecommenderPlugin } from '../plugin';
import ownersWritePolicy from './__testUtils__/ownersWritePolicy';
import { HOUR_MS } from '../kernel/time/hours';

jest.setTimeout(120_000);

const ADA = mockCredentials.user.header('user:default/ada');
const BOB = mockCredentials.user.header('user:default/bob');
const GUEST = mockCredentials.user.header('user:development/guest');
const PROGRAM = mockCredentials.service.header();

const EVENT = { title: 'Version 2' };
let hoursAgo = 0;
/** One hour, another each time. */
const nextExclusion = () => {
  hoursAgo += 1;
  const atMs = Date.now() - hoursAgo * HOUR_MS;
  return {
    from: new Date(atMs).toISOString(),
    to: new Date(atMs + 1).toISOString(),
    reason: 'Data centre moved',
  };
};

const aComponentOf = (owner: string, name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    annotations: {
      'backstage.io/managed-by-location': 'url:https://example.com/a.yaml',
      'backstage.io/managed-by-origin-location':
        'url:https://example.com/a.yaml',
      'slo-recommender.io/enabled': 'true',
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner },
});

/** Ada owns Checkout, Bob owns Payment. */
const shop = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'shop',
  register: env =>
    env.registerInit({
      deps: { processing: catalogProcessingExtensionPoint },
      init: async ({ processing }) =>
        processing.addEntityProvider({
          getProviderName: () => 'shop',
          connect: connection =>
            connection.applyMutation({
              type: 'full',
              entities: [
                aComponentOf('user:ada', 'checkout'),
                aComponentOf('user:bob', 'payment'),
              ].map(entity => ({ entity, locationKey: 'shop' })),
            }),
        }),
    }),
});

/** Tokens that name the plugin that acts for the person, as real ones do and mocked ones do not. */
const auth = createServiceFactory({
  service: coreServices.auth,
  deps: { plugin: coreServices.pluginMetadata },
  factory({ plugin }) {
    const pluginId = plugin.getId();
    const mocked = mockServices.auth({ pluginId });
    const getPluginRequestToken = mocked.getPluginRequestToken.bind(mocked);
    return Object.assign(mocked, {
      getPluginRequestToken: async (
        options: Parameters<typeof getPluginRequestToken>[0],
      ) =>
        mocked.isPrincipal(options.onBehalfOf, 'user')
          ? {
              token: mockCredentials.user.token(
                options.onBehalfOf.principal.userEntityRef,
                { actor: { subject: `plugin:${pluginId}` } },
              ),
            }
          : getPluginRequestToken(options),
    });
  },
});

/** A backend with the catalog and the permission framework of a portal, in which owners alone may write. */
async function startPortal() {
  const tasks = new Map<
    string,
    Parameters<SchedulerService['scheduleTask']>[0]['fn']
  >();
  const backend = await startTestBackend({
    features: [
      sloRecommenderPlugin,
      catalogPlugin,
      shop,
      permissionPlugin,
      ownersWritePolicy,
      auth,
      permissionsServiceFactory,
      mockServices.scheduler.mock({
        scheduleTask: async ({ id, fn }) => {
          tasks.set(id, fn);
        },
      }).factory,
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost' },
          permission: { enabled: true },
          catalog: {
            stitchingStrategy: { pollingInterval: { milliseconds: 20 } },
          },
        },
      }),
    ],
  });
  const { server } = backend;
  const post = (authorization: string, path: string, body: object = {}) =>
    request(server)
      .post(`${API}${path}`)
      .set('Authorization', authorization)
      .send(body);
  const countServices = async () => {
    const { body } = await request(server).get(`${API}/services`);
    return body.totalItems;
  };
  while ((await countServices()) !== 2) {
    await setTimeout(50);
    await tasks.get('slo-recommender-schedule')?.(new AbortController().signal);
  }
  return { post, stop: () => backend.stop() };
}

describe('a policy by which owners alone write to their services', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal.stop());

  const pathOf = (name: string) => `/services/component/default/${name}`;
  const write = async (
    who: string,
    name: string,
    id: string,
  ): Promise<number[]> => {
    const statuses: number[] = [];
    for (const [path, body] of [
      ['/events', EVENT],
      ['/exclusions', nextExclusion()],
      [`/exclusions/${id}/withdrawal`, {}],
    ] as const) {
      const { status } = await portal.post(who, pathOf(name) + path, body);
      statuses.push(status);
    }
    return statuses;
  };

  it.each([
    ['lets the owner write', ADA, 'checkout', 200],
    [
      'does not let the owner of Payment write to Checkout',
      BOB,
      'checkout',
      403,
    ],
    [
      'does not let the owner of Checkout write to Payment',
      ADA,
      'payment',
      403,
    ],
    ['does not let a guest write', GUEST, 'payment', 403],
    ['lets a program with a token write', PROGRAM, 'payment', 200],
  ])('%s', async (_, who, name, status) => {
    const owner = name === 'checkout' ? ADA : BOB;
    const { body } = await portal
      .post(owner, `${pathOf(name)}/exclusions`, nextExclusion())
      .expect(200);
    await expect(write(who, name, body.id)).resolves.toEqual([
      status,
      status,
      status,
    ]);
  });

  it('says what is missing, for which service, and whom to ask', async () => {
    const { body } = await portal
      .post(BOB, `${pathOf('checkout')}/exclusions`, nextExclusion())
      .expect(403);
    expect(body.error).toMatchObject({
      name: 'NotAllowedError',
      message:
        "This needs the permission slo-recommender.exclusion.update on 'component:default/checkout'. Ask the owner of the service, or those who run the portal.",
    });
  });

  it('does not tell who may not write whether a service is there', async () => {
    const refuse = async (name: string) => {
      const path = `${pathOf(name)}/exclusions`;
      const { body } = await portal.post(ADA, path, nextExclusion());
      return body.error.message.replace(name, '…');
    };
    expect(await refuse('payment')).toBe(await refuse('nobody'));
  });

  it('is the example of the documentation', async () => {
    const [guide, policy] = await Promise.all([
      readFile(resolve(__dirname, '../../../../docs/exclusions.md'), 'utf8'),
      readFile(
        resolve(__dirname, '__testUtils__/ownersWritePolicy.ts'),
        'utf8',
      ),
    ]);
    expect(guide).toContain(policy);
  });
});
