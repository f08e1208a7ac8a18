import { createHash } from 'crypto';
import type { CatalogEntity } from '../store';

/**
 * Identifies everything that the result of a service rests on beside its counts: configuration and annotations. A
 * result with another key is out of date.
 */
export function inputsKey(
  service: CatalogEntity,
  settings: {
    datasourceId: string | null;
    objectiveWindowMs: number;
    lookbackMs: number;
  },
): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        settings.datasourceId,
        settings.lookbackMs,
        service.windowMs ?? settings.objectiveWindowMs,
        service.telemetryNames,
        service.promisedObjective,
      ]),
    )
    .digest('base64url')
    .slice(0, 16);
}
