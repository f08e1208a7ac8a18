export {
  isSameRange,
  stratumKey,
  stratumOf,
  stratumRange,
  type Range,
  type Stratum,
  type StratumRange,
} from './strata';
export {
  attainmentOf,
  calibratedProbability,
  isCalibrated,
  predictedFor,
  stratumIn,
  wilsonInterval,
  type Attainment,
  type CalibratedStratum,
  type Calibration,
} from './calibration';
export {
  fitCalibration,
  isNearMedian,
  type ReplayedService,
} from './fitCalibration';
export {
  calibratedStratum,
  FleetLearning,
  learnFromFleet,
  originsOf,
  stratumThen,
  type FleetEvidence,
} from './FleetEvidence';
