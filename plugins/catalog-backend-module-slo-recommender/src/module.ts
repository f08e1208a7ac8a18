import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { createFetchObserved } from './fetchObserved';
import { ObservedDependencies } from './ObservedDependencies';
import { readObservedRelations } from './readObservedRelations';
import { SloRecommenderProcessor } from './SloRecommenderProcessor';

/** Validates annotations in the catalog, and adds relations for observed dependencies where asked to. */
export const catalogModuleSloRecommender = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'slo-recommender',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, catalog, config, discovery, logger, scheduler }) {
        const now = () => new Date();
        const observed = readObservedRelations(config, logger)
          ? new ObservedDependencies({
              fetchObserved: createFetchObserved({ auth, discovery }),
              logger,
              now,
            })
          : undefined;
        catalog.addProcessor(
          new SloRecommenderProcessor({ logger, observed, now }),
        );
        if (!observed) return;
        // every replica processes entities, and has an answer of its own for it
        await scheduler.scheduleTask({
          id: 'slo-recommender-observed-dependencies',
          scope: 'local',
          frequency: { seconds: 15 },
          // the backend may start up in the same process
          initialDelay: { seconds: 15 },
          timeout: { minutes: 1 },
          fn: signal => observed.refreshWhenDue(signal),
        });
      },
    });
  },
});
