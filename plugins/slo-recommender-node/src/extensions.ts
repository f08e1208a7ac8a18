import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { DependencySource } from './dependencies';
import type { TelemetrySourceFactory } from './telemetry';

/** Lets modules bring telemetry sources other than Prometheus. */
export interface SloRecommenderTelemetryExtensionPoint {
  addTelemetrySourceFactory(factory: TelemetrySourceFactory): void;
}

export const sloRecommenderTelemetryExtensionPoint =
  createExtensionPoint<SloRecommenderTelemetryExtensionPoint>({
    id: 'slo-recommender.telemetry',
  });

/** Lets modules bring dependencies from elsewhere than catalog and telemetry. */
export interface SloRecommenderDependenciesExtensionPoint {
  addDependencySource(source: DependencySource): void;
}

export const sloRecommenderDependenciesExtensionPoint =
  createExtensionPoint<SloRecommenderDependenciesExtensionPoint>({
    id: 'slo-recommender.dependencies',
  });
