import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { PrometheusTelemetrySource } from '../PrometheusTelemetrySource';
import { PrometheusClient } from '../client/PrometheusClient';
import { readPrometheusConfig } from '../config';
import { readDialectConfig } from '../dialects/config';

/** A source that asks the server at the URL, with more of its configuration. */
export function createSource(
  url: string,
  more: JsonObject = {},
): PrometheusTelemetrySource {
  const config = new ConfigReader({ url, ...more });
  return new PrometheusTelemetrySource(
    'main',
    new PrometheusClient(readPrometheusConfig('main', config)),
    readDialectConfig('main', config),
  );
}
