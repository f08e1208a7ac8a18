import { createHash } from 'crypto';
import type { SloRecommenderConfig } from '../kernel/config/readSloRecommenderConfig';
import engine from 'backstage-plugin-slo-recommender-engine/package.json';
import type { SharedName } from '../catalog';
import type { CatalogEntity } from '../kernel/CatalogEntity';
import { CALIBRATION_VERSION } from './CalibrationStore';
import { RESULT_VERSION } from './storedResults';

/**
 * Identifies everything that the result of a service rests on beside its counts: configuration, annotations, names
 * that other services have too, events and exclusions, and the versions of the engine and of the forms of results and calibrations. A result with another key is
 * out of date.
 *
 * @param settings.fingerprint - of the service's events and exclusions, as `readFingerprints` returns it; undefined if
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
    /** Names in telemetry that it shares with other services. */
    sharedNames?: SharedName[];
  },
  versions: { engine: string; result: number; calibration: number } = {
    engine: engine.version,
    result: RESULT_VERSION,
    // without one that can be read the fleet has to be learnt from again
    calibration: CALIBRATION_VERSION,
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
        versions.engine,
        versions.result,
        versions.calibration,
        ...(service.matchers ?? []),
        ...(settings.sharedNames ?? []),
      ]),
    )
    .digest('base64url')
    .slice(0, 16);
}
