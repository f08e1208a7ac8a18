export {
  attainmentCurve,
  CURVE_OBJECTIVES,
  isSupported,
  type CurvePoint,
  type ProbabilityInterval,
} from './curve';
export {
  pickTiers,
  TIER_ATTAINMENT,
  type Tier,
  type TierName,
  type Tiers,
} from './tiers';
export {
  backtest,
  scoresOf,
  type BacktestWindow,
  type Scores,
} from './backtest';
export {
  NOTHING_RECOMMENDED,
  recommendSli,
  type BorrowedPrediction,
  type CalibrationSummary,
  type EvidenceLevel,
  type PredictedUnavailability,
  type Reason,
  type SliRecommendation,
  type TrackRecord,
} from './recommendSli';
export { recommendAvailability } from './recommendAvailability';
export { calibratedQuantile } from './calibratedQuantile';
export {
  fleetReport,
  FleetReporter,
  type BacktestedSli,
  type Coverage,
  type FleetReport,
  type MonthlyPromise,
  type ReliabilityBin,
} from './report';
