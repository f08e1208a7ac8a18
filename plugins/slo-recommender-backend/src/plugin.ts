import { randomUUID } from 'crypto';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { sloRecommenderPermissions } from 'backstage-plugin-slo-recommender-common';
import {
  type DependencySource,
  sloRecommenderDependenciesExtensionPoint,
  sloRecommenderTelemetryExtensionPoint,
  type TelemetrySourceFactory,
} from 'backstage-plugin-slo-recommender-node';
import { prometheusTelemetrySourceFactory } from 'backstage-plugin-slo-recommender-prometheus';
import { readSloRecommenderConfig } from './kernel/config/readSloRecommenderConfig';
import {
  hasSpareConnection,
  inTurn,
  openDatabase,
} from './kernel/database/database';
import { DatabaseClock } from './kernel/database/DatabaseClock';
import { createRouter } from './kernel/http/createRouter';
import { RateLimits } from './kernel/http/RateLimits';
import type { Feature } from './kernel/Feature';
import { Metrics } from './kernel/metrics/Metrics';
import { mountMetrics } from './kernel/metrics/mountMetrics';
import { createFeatures } from './features';
import { TelemetrySources } from './telemetry';

/** Backend of SLO Recommender, mounted at `/api/slo-recommender`. */
export const sloRecommenderPlugin = createBackendPlugin({
  pluginId: 'slo-recommender',
  register(env) {
    const factories: TelemetrySourceFactory[] = [
      prometheusTelemetrySourceFactory,
    ];
    env.registerExtensionPoint(sloRecommenderTelemetryExtensionPoint, {
      addTelemetrySourceFactory: factory => factories.push(factory),
    });
    const dependencySources: DependencySource[] = [];
    env.registerExtensionPoint(sloRecommenderDependenciesExtensionPoint, {
      addDependencySource: source => dependencySources.push(source),
    });

    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const config = readSloRecommenderConfig(deps.rootConfig);
        config.issues.forEach(issue => deps.logger.error(issue));
        const metrics = new Metrics();
        const sources = new TelemetrySources({
          ...config,
          ...deps,
          factories,
          metrics,
        });
        deps.rootConfig.subscribe?.(() => {
          const { datasources } = readSloRecommenderConfig(deps.rootConfig);
          sources.update(datasources);
        });
        const database = await openDatabase(deps.database, deps.logger);
        const clock = await DatabaseClock.start(database, deps.logger);
        const { catalog, ...features } = createFeatures({
          ...deps,
          config,
          database,
          metrics,
          sources,
          dependencySources,
          replicaId: randomUUID(),
          now: clock.now,
        });
        const limits = new RateLimits({
          ...deps,
          config,
          database,
          now: clock.now,
        });
        const all: Feature[] = [clock, limits, ...features.all];
        deps.permissionsRegistry.addPermissions(sloRecommenderPermissions);
        deps.httpRouter.use(
          createRouter(
            all.flatMap(({ routes = [] }) => routes),
            {
              ...deps,
              limits,
              metrics,
              requireService: catalog.requireService,
            },
          ),
        );
        mountMetrics({
          ...deps,
          ...config.metrics,
          figures: Object.assign({}, ...all.map(({ figures }) => figures)),
          metrics,
        });
        const scheduleAll = async () => {
          for (const task of all.flatMap(({ tasks = [] }) => tasks)) {
            await deps.scheduler.scheduleTask(task);
          }
        };
        // the scheduler of Backstage creates its tables for the first task
        deps.lifecycle.addStartupHook(() =>
          hasSpareConnection(database)
            ? inTurn(database, scheduleAll)
            : scheduleAll(),
        );
        deps.lifecycle.addShutdownHook(async () => {
          for (const feature of all) await feature.stop?.();
        });
      },
    });
  },
});
