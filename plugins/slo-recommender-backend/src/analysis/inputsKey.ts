import { createHash } from 'crypto';
import type { SloRecommenderConfig } from '../config';
import type { CatalogEntity } from '../store';

/**
 * Identifies everything that the result of a service rests on beside its counts: configuration, annotations, and what
 * people and CI tell. A result with another key is out of date.
 *
 * @param settings.fingerprint - of the service's events and exclusions, as `readFingerprints` gives it; undefined where
 * there are none.
 */
export function inputsKey(
  service: CatalogEntity,
  settings: Pick<
    SloRecommenderConfig,
    'objectiveWindowMs' | 'lookbackMs' | 'exclusions'
  > & {
    datasourceId: string | null;
    fingerprint: string | undefined;
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
        service.promisedLatency,
        service.criticality,
        service.type,
        settings.exclusions.cap,
        settings.fingerprint,
      ]),
    )
    .digest('base64url')
    .slice(0, 16);
}
