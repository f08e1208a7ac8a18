import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { TelemetrySourceFactory } from './telemetry';

/** Lets modules bring telemetry sources other than Prometheus. */
export interface SloRecommenderTelemetryExtensionPoint {
  addTelemetrySourceFactory(factory: TelemetrySourceFactory): void;
}

export const sloRecommenderTelemetryExtensionPoint =
  createExtensionPoint<SloRecommenderTelemetryExtensionPoint>({
    id: 'slo-recommender.telemetry',
  });
