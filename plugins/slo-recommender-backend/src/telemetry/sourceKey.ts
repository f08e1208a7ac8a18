import { createHash } from 'crypto';
import type { CatalogEntity } from '../kernel/CatalogEntity';

/** Identifies what was asked for: another datasource or other names are another history. */
function sourceKeyOf(datasourceId: string, service: CatalogEntity): string {
  return createHash('sha256')
    .update(JSON.stringify([datasourceId, service.telemetryNames]))
    .digest('base64url')
    .slice(0, 16);
}

/** The keys of services that are asked of a datasource, by entity reference. */
export function sourceKeysOf(
  datasourceId: string,
  services: readonly CatalogEntity[],
): Map<string, string> {
  return new Map(
    services.map(service => [
      service.entityRef,
      sourceKeyOf(datasourceId, service),
    ]),
  );
}
