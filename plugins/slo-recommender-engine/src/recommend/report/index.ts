export {
  fleetReport,
  FleetReporter,
  type BacktestedSli,
  type FleetReport,
} from './fleetReport';
export type { Coverage } from './CoverageCount';
export type { MonthlyPromise } from './MonthlyPromises';
export type { ReliabilityBin } from './Reliability';
