import { Agent, get } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import sloRecommenderPlugin from 'backstage-plugin-slo-recommender-backend';
import {
  EntityStore,
  readEntity,
} from 'backstage-plugin-slo-recommender-backend/src/testing';
import { SloRecommenderClient } from 'backstage-plugin-slo-recommender-common';
import { sloRecommenderTelemetryExtensionPoint } from 'backstage-plugin-slo-recommender-node';
import type { Knex } from 'knex';
import { fleetTelemetry } from '../analysis/fleetTelemetry';
import { fleetService } from '../analysis/runAnalyses';

/** Services that are analysed; the others get copies of their results. */
const ANALYSED = 100;

const BASELINE = '/baseline';
const refOf = (index: number) => `component:default/service-${index}`;

export interface Response {
  status: number;
  etag: string | undefined;
  bytes: number;
}

export interface Portal {
  /** Sends a request with a token of Backstage, over a connection that is kept. */
  get(path: string, etag?: string): Promise<Response>;
  /** Path of a route that does only what Backstage does for each request: authenticates, and asks for a permission. */
  baseline: string;
  stop(): Promise<void>;
}

/** Decides like a policy under which each caller may read some entities of the catalog. */
const permissions = createServiceFactory({
  service: coreServices.permissions,
  deps: {},
  factory: () => ({
    authorize: async requests =>
      requests.map(() => ({ result: AuthorizeResult.ALLOW })),
    authorizeConditional: async requests =>
      requests.map(() => ({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: { rule: 'IS_ENTITY_OWNER', resourceType: 'catalog-entity' },
      })),
  }),
});

/** Starts a backend with a fleet that has been analysed. */
export async function startPortal(
  database: Knex,
  services: number,
): Promise<Portal> {
  let token = '';
  const benchmark = createBackendModule({
    pluginId: 'slo-recommender',
    moduleId: 'benchmark',
    register: env =>
      env.registerInit({
        deps: {
          auth: coreServices.auth,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          policy: coreServices.permissions,
          telemetry: sloRecommenderTelemetryExtensionPoint,
        },
        async init({ auth, httpAuth, httpRouter, policy, telemetry }) {
          telemetry.addTelemetrySourceFactory({
            type: 'fleet',
            create: ({ id }) => fleetTelemetry(id),
          });
          ({ token } = await auth.getPluginRequestToken({
            onBehalfOf: await auth.getOwnServiceCredentials(),
            targetPluginId: 'slo-recommender',
          }));
          httpRouter.use(async (req, res, next) => {
            if (req.path !== BASELINE) {
              next();
              return;
            }
            const credentials = await httpAuth.credentials(req);
            await policy.authorize(
              [
                {
                  permission: catalogEntityReadPermission,
                  resourceRef: refOf(0),
                },
              ],
              { credentials },
            );
            res.json({});
          });
        },
      }),
  });
  const backend = await startTestBackend({
    features: [
      sloRecommenderPlugin,
      benchmark,
      authServiceFactory,
      httpAuthServiceFactory,
      permissions,
      catalogServiceMock.factory({
        entities: Array.from({ length: services }, (_, i) => fleetService(i)),
      }),
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => ({ getClient: async () => database }),
      }),
      mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
      mockServices.rootLogger.factory({ level: 'warn' }),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost' },
          sloRecommender: { datasources: [{ id: 'fleet', type: 'fleet' }] },
        },
      }),
    ],
  });
  const root = `http://localhost:${backend.server.port()}/api/slo-recommender`;
  const client = new SloRecommenderClient({
    discoveryApi: { getBaseUrl: async () => root },
    fetchApi: {
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('Authorization', `Bearer ${token}`);
        return fetch(input, { ...init, headers });
      },
    },
  });
  // an order names services that were read from the catalog before
  await new EntityStore(database).replaceAll(
    Array.from(
      { length: ANALYSED },
      (_, i) => readEntity(fleetService(i), 'annotated').entity,
    ),
    database,
  );
  await analyse(client);
  await copyResults(database, services);

  const agent = new Agent({ keepAlive: true });
  return {
    baseline: BASELINE,
    get: (path, etag) =>
      new Promise((resolve, reject) => {
        const headers = {
          Authorization: `Bearer ${token}`,
          ...(etag !== undefined && { 'If-None-Match': etag }),
        };
        get(`${root}${path}`, { agent, headers }, res => {
          let bytes = 0;
          res
            .on('data', (chunk: Buffer) => (bytes += chunk.length))
            .on('error', reject)
            .on('end', () =>
              resolve({
                status: res.statusCode ?? 0,
                etag: res.headers.etag,
                bytes,
              }),
            );
        }).on('error', reject);
      }),
    stop: async () => {
      agent.destroy();
      await backend.stop();
    },
  };
}

async function analyse(client: SloRecommenderClient): Promise<void> {
  const { id } = await client.analyze({
    entityRefs: Array.from({ length: ANALYSED }, (_, i) => refOf(i)),
  });
  for (;;) {
    const { status, error } = await client.getAnalysis(id);
    if (status === 'failed') throw new Error(error ?? 'The analysis failed.');
    if (status === 'completed') return;
    await setTimeout(100);
  }
}

/** Each service that was not analysed gets the result of one that was. */
async function copyResults(database: Knex, services: number): Promise<void> {
  const columns = Object.keys(await database('analysis_results').columnInfo());
  for (let first = ANALYSED; first < services; first += ANALYSED) {
    await database.raw(
      `insert into analysis_results (${columns.join()}) select ${columns
        .map(column =>
          column === 'entity_ref'
            ? `'component:default/service-' || (${first} + cast(substr(entity_ref, 27) as integer))`
            : column,
        )
        .join()} from analysis_results where cast(substr(entity_ref, 27) as integer) < ${ANALYSED}`,
    );
  }
}
