export { DAY_MS, HOUR_MS } from './time';
export { EngineInputError } from './EngineInputError';
export type { CountSeries } from './CountSeries';
export {
  historyAsOf,
  historyCompleteness,
  historyHours,
  type CountFault,
  type SliHistory,
} from './SliHistory';
export { judgedRatioOf, ratioOf, sumWindow, type WindowSum } from './windowSum';
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
  minimumHistoryMs,
  type Assessment,
  type Reason,
  type Verdict,
} from './assess';
export { dailyHistory, type HistoryDay } from './dailyHistory';
export { formatPercent } from './formatFigures';
