import { NotAllowedError } from '@backstage/errors';
import { operations } from 'backstage-plugin-slo-recommender-common';
import type { Visibility } from '../catalog';
import type { Feature } from '../kernel/Feature';
import { defineRoute } from '../kernel/http/route';
import type { TelemetrySync } from '../telemetry';
import { recommendationSteps } from './analysisSteps';
import { EmptyAnswers } from './EmptyAnswers';
import {
  FleetCalibrations,
  type FleetCalibrationsOptions,
} from './FleetCalibrations';
import {
  RecommendationsService,
  type RecommendationsServiceOptions,
} from './RecommendationsService';
import { ServiceStudies, type ServiceStudiesOptions } from './ServiceStudies';

export { CalibrationStore } from './CalibrationStore';
export { inputsKey } from './inputsKey';
export { notAnalysedReason } from './notAnalysed';
export { ResultStore } from './ResultStore';
export {
  type RawDbResultRow,
  READABLE_VERSIONS,
  reasonsFromRow,
  reasonsOf,
  RECOMMENDATIONS,
  type ServiceResult,
  type StoredRecommendation,
} from './storedResults';

export type RecommendationsFeatureOptions = RecommendationsServiceOptions &
  FleetCalibrationsOptions &
  ServiceStudiesOptions & {
    telemetrySync: TelemetrySync;
    visibility: Visibility;
  };

/** What services can promise: studied in every analysis, published, and read. */
export function createRecommendationsFeature(
  options: RecommendationsFeatureOptions,
): Feature {
  const recommendations = new RecommendationsService(options);
  return {
    routes: [
      defineRoute(operations.getRecommendations, ({ service, query }) =>
        recommendations.answer(service, query),
      ),
      defineRoute(
        operations.getFleetCalibration,
        async ({ query, credentials }) => {
          if (!(await options.visibility.seesEveryService(credentials))) {
            throw new NotAllowedError(
              'The calibration is computed from every service, and the catalog hides some of them from you. Ask those who run the portal.',
            );
          }
          return recommendations.getFleetCalibration(query.sliType);
        },
      ),
    ],
    figures: {
      data: async metrics => {
        const dataUntil = await options.results.getDataUntil();
        for (const { id } of options.sources.list()) {
          const until = dataUntil.get(id);
          if (until !== undefined) metrics.setDataUntil(id, until);
        }
      },
    },
    analysisSteps: recommendationSteps({
      calibrations: new FleetCalibrations(options),
      emptyAnswers: new EmptyAnswers(options),
      results: options.results,
      sources: options.sources,
      studies: new ServiceStudies(options),
    }),
  };
}
