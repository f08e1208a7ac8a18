import { operations } from 'backstage-plugin-slo-recommender-common';
import { defineRoute } from '../kernel/http/route';
import type { FleetCalibrationReader } from './FleetCalibrationReader';
import type { RecommendationsReader } from './RecommendationsReader';

export const recommendationsRoutes = (options: {
  recommendations: RecommendationsReader;
  calibrations: FleetCalibrationReader;
}) => [
  defineRoute(operations.getRecommendations, ({ service, query }) =>
    options.recommendations.answer(service, query),
  ),
  defineRoute(operations.getFleetCalibration, ({ query }) =>
    options.calibrations.get(query.sliType),
  ),
];
