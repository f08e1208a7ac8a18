import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { PrometheusTelemetrySource } from '../PrometheusTelemetrySource';
import { PrometheusClient } from '../client/PrometheusClient';
import { RequestGate } from '../client/RequestGate';
import { readPrometheusConfig } from '../config';
import { readDialectConfig } from '../dialects/config';

/** A source that asks the server at the URL, with more of its configuration; it repeats failed requests at once. */
export function createSource(
  url: string,
  more: JsonObject = {},
): PrometheusTelemetrySource {
  const entry = new ConfigReader({ url, ...more });
  const config = readPrometheusConfig('main', entry);
  return new PrometheusTelemetrySource(
    'main',
    new PrometheusClient(config, {
      gate: new RequestGate('main', config.budget, 0),
    }),
    readDialectConfig('main', entry),
  );
}
