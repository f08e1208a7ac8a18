import type { TelemetrySourceFactory } from 'backstage-plugin-slo-recommender-node';
import { PrometheusClient } from './client';
import { readPrometheusConfig } from './config';
import { readDialectConfig } from './dialectConfig';
import { PrometheusTelemetrySource } from './PrometheusTelemetrySource';

/** Makes telemetry sources of entries with `type: prometheus`. */
export const prometheusTelemetrySourceFactory: TelemetrySourceFactory = {
  type: 'prometheus',
  create({ id, config }) {
    return new PrometheusTelemetrySource(
      id,
      new PrometheusClient(readPrometheusConfig(id, config)),
      readDialectConfig(id, config),
    );
  },
};
