import type { PastForecast } from '../backtest';
import {
  isCalibrated,
  stratumIn,
  type CalibratedStratum,
  type Calibration,
} from './calibration';
import {
  CalibrationFit,
  placeWindows,
  type ReplayedService,
} from './fitCalibration';
import { stratumKey, stratumOf, type Stratum } from './strata';

/** What a fleet has shown by an instant, and what it had shown when past windows began. Plain data. */
export interface FleetEvidence {
  calibration: Calibration;
  /** Calibrations as they would have been at the origins of past windows, oldest first: nothing in them is from later. */
  past: readonly Calibration[];
}

/** The instants at which past windows began, ascending, in milliseconds. */
export function originsOf(services: readonly ReplayedService[]): number[] {
  const origins = new Set<number>();
  for (const { replay } of services) {
    for (const { originMs } of replay) {
      origins.add(originMs);
    }
  }
  return [...origins].sort((a, b) => a - b);
}

/**
 * Learns from the past windows of a fleet, one service after the other: for now, and for each instant at which a past
 * window began. See `fitCalibration`.
 */
export class FleetLearning {
  readonly #present: CalibrationFit;
  readonly #past: CalibrationFit[];
  #services = 0;

  /** @param originsMs - the instants at which past windows began, ascending. */
  constructor(asOfMs: number, originsMs: readonly number[]) {
    this.#present = new CalibrationFit(asOfMs);
    this.#past = originsMs.map(originMs => new CalibrationFit(originMs));
  }

  /** @param slis - of one service. */
  add(slis: readonly ReplayedService[]): void {
    for (const window of placeWindows(slis, this.#services++)) {
      this.#present.add(window);
      this.#past.forEach(fit => fit.add(window));
    }
  }

  evidence(): FleetEvidence {
    return {
      calibration: this.#present.calibration(),
      past: this.#past.map(fit => fit.calibration()),
    };
  }
}

/** What a whole fleet teaches, of each service one SLI. */
export function learnFromFleet(
  services: readonly ReplayedService[],
  asOfMs: number,
): FleetEvidence {
  const learning = new FleetLearning(asOfMs, originsOf(services));
  services.forEach(service => learning.add([service]));
  return learning.evidence();
}

/** What the fleet says of predictions in the stratum; null where it is not calibrated. */
export function calibratedStratum(
  calibration: Calibration | null | undefined,
  stratum: Stratum,
): CalibratedStratum | null {
  return calibration && isCalibrated(calibration)
    ? stratumIn(calibration, stratumKey(stratum))
    : null;
}

/** What the fleet would have said of a past prediction when it was made. */
export function stratumThen(
  fleet: FleetEvidence | null,
  past: PastForecast,
  windowMs: number,
): CalibratedStratum | null {
  return calibratedStratum(
    fleet?.past.findLast(({ asOfMs }) => asOfMs <= past.originMs),
    stratumOf({ ...past, windowMs }),
  );
}
