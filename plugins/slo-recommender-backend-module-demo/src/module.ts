import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { sloRecommenderTelemetryExtensionPoint } from 'backstage-plugin-slo-recommender-node';
import { SimulatedTelemetrySourceFactory } from './SimulatedTelemetrySourceFactory';

/** Adds the simulated company for datasources of type `simulated`. */
export const sloRecommenderModuleDemo = createBackendModule({
  pluginId: 'slo-recommender',
  moduleId: 'demo',
  register(env) {
    env.registerInit({
      deps: {
        telemetry: sloRecommenderTelemetryExtensionPoint,
        database: coreServices.database,
      },
      async init({ telemetry, database }) {
        telemetry.addTelemetrySourceFactory(
          new SimulatedTelemetrySourceFactory({ database }),
        );
      },
    });
  },
});
