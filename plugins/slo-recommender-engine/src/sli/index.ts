export { DAY_MS, floorToHour, HOUR_MS, requireInstant } from './time';
export { EngineInputError } from './EngineInputError';
export {
  historyAsOf,
  historyCompleteness,
  historyFrom,
  historyHours,
  type CountFault,
  type CountSeries,
  type SliHistory,
} from './SliHistory';
export {
  judgedRatioOf,
  LEAST_COMPLETENESS,
  ratioOf,
  sumWindow,
  type WindowSum,
} from './windowSum';
export {
  allowedFailureRatio,
  keepsObjective,
  OBJECTIVE_LADDER,
  requireObjective,
  requireWindow,
  type SloPolicy,
} from './objective';
export {
  assessHistory,
  FEWEST_REQUESTS,
  isLongEnough,
  isMostlyImpossible,
  minimumHistoryMs,
  type Assessment,
  type CountReason,
  type ReportedReason,
  type Verdict,
} from './assess';
export {
  exceedsBudget,
  findUnknownOutcomes,
  type UnknownOutcomes,
} from './unknownOutcomes';
export { type DailyHistory, dailyHistory } from './dailyHistory';
