import {
  calibratedStratum,
  predictedFor,
  type FleetEvidence,
} from '../calibrate';
import { quantileOf } from '../predict';
import type { SliStudy } from '../study';
import { stratumOfStudy } from './stratumOfStudy';

/**
 * Unavailability of the next window, in [0, 1], that is not exceeded with the probability given, before any rounding
 * to a rung. Null where the study abstains.
 */
export function calibratedQuantile(
  study: SliStudy,
  fleet: FleetEvidence | null,
  probability: number,
): number | null {
  if (!study.distribution || study.verdict === 'insufficient') {
    return null;
  }
  const stratum = calibratedStratum(fleet?.calibration, stratumOfStudy(study));
  return quantileOf(
    study.distribution,
    stratum ? predictedFor(stratum, probability) : probability,
  );
}
