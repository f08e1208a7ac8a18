import { setTimeout } from 'timers/promises';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type RootConfigService,
  type ServiceFactory,
} from '@backstage/backend-plugin-api';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import {
  analysisResponseSchema,
  type AnalysisResponse,
  type AnalyzeRequest,
  SloRecommenderClient,
} from 'backstage-plugin-slo-recommender-common';
import {
  type DependencySource,
  sloRecommenderDependenciesExtensionPoint,
  sloRecommenderTelemetryExtensionPoint,
} from 'backstage-plugin-slo-recommender-node';
import type { Knex } from 'knex';
import request from 'supertest';
import { CatalogSync } from '../catalog/CatalogSync';
import { sloRecommenderPlugin } from '../plugin';
import { FakeTelemetrySource } from './FakeTelemetrySource';

export const API = '/api/slo-recommender/v1';

/** Starts the plugin in a backend with a catalog and telemetry that the test decides. */
export async function startBackend(options: {
  database: Knex;
  entities: Entity[];
  sources?: FakeTelemetrySource[];
  dependencySources?: DependencySource[];
  config?: JsonObject;
  /** Configuration of the backend itself, for example `auth`. */
  backendConfig?: JsonObject;
  /** All of the configuration, in place of the above. */
  rootConfig?: RootConfigService;
  /** A catalog in place of one that holds the entities. */
  catalog?: ServiceFactory;
  /** True where the scheduled work runs by itself; otherwise the test says what happens when. */
  scheduled?: boolean;
  overrides?: ServiceFactory[];
}) {
  const sources = options.sources ?? [new FakeTelemetrySource()];
  const timers: NodeJS.Timeout[] = [];
  const { rootConfig } = options;
  // the catalog of a test is full from the start: there is no need to wait for that
  const settling = options.scheduled
    ? undefined
    : jest
        .spyOn(CatalogSync.prototype, 'runUntilSettled')
        .mockImplementation(function runOnce(this: CatalogSync) {
          return this.run();
        });
  const backend = await startTestBackend({
    features: [
      sloRecommenderPlugin,
      createBackendModule({
        pluginId: 'slo-recommender',
        moduleId: 'fake-telemetry',
        register: env =>
          env.registerInit({
            deps: {
              telemetry: sloRecommenderTelemetryExtensionPoint,
              dependencies: sloRecommenderDependenciesExtensionPoint,
            },
            async init({ telemetry, dependencies }) {
              options.dependencySources?.forEach(source =>
                dependencies.addDependencySource(source),
              );
              telemetry.addTelemetrySourceFactory({
                type: 'fake',
                create: ({ id }) => {
                  const source = sources.find(one => one.id === id);
                  if (!source) throw new Error(`no source '${id}'`);
                  return source;
                },
              });
            },
          }),
      }),
      rootConfig
        ? createServiceFactory({
            service: coreServices.rootConfig,
            deps: {},
            factory: () => rootConfig,
          })
        : mockServices.rootConfig.factory({
            data: {
              backend: {
                baseUrl: 'http://localhost',
                ...options.backendConfig,
              },
              sloRecommender: {
                datasources: sources.map(({ id }) => ({ id, type: 'fake' })),
                objectiveWindow: '7d',
                lookback: '28d',
                ...options.config,
              },
            },
          }),
      mockServices.database.mock({ getClient: async () => options.database })
        .factory,
      options.catalog ??
        catalogServiceMock.factory({ entities: options.entities }),
      options.scheduled
        ? schedulerServiceFactory
        : mockServices.scheduler.mock({
            // only what looks for ordered analyses runs by itself
            scheduleTask: async ({ scope, fn }) => {
              if (scope !== 'local') return;
              timers.push(
                setInterval(() => fn(new AbortController().signal), 200),
              );
            },
          }).factory,
      ...(options.overrides ?? []),
    ],
  });

  const { server } = backend;
  const stop = async () => {
    timers.forEach(clearInterval);
    settling?.mockRestore();
    await backend.stop();
  };
  const get = (path: string) => request(server).get(`${API}${path}`);
  const post = (path: string, body: object) =>
    request(server).post(`${API}${path}`).send(body);

  const url = `http://localhost:${server.port()}`;

  /** The client that frontends and scripts use, over the wire. */
  const client = (authorization?: string) =>
    new SloRecommenderClient({
      discoveryApi: { getBaseUrl: async plugin => `${url}/api/${plugin}` },
      fetchApi: {
        fetch: (input, init) => {
          const headers = new Headers(init?.headers);
          if (authorization) headers.set('Authorization', authorization);
          return fetch(input, { ...init, headers });
        },
      },
    });

  /** Orders an analysis and waits for its end. */
  async function analyse(body: AnalyzeRequest = {}): Promise<AnalysisResponse> {
    const ordered = await post('/analyze', body).expect(202);
    for (;;) {
      const answer = await get(`/analyze/${ordered.body.id}`).expect(200);
      const analysis = analysisResponseSchema.parse(answer.body);
      if (analysis.status === 'completed' || analysis.status === 'failed') {
        return analysis;
      }
      await setTimeout(20);
    }
  }

  return { url, get, post, client, analyse, stop, sources };
}
