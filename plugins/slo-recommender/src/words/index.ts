export { coverageState, type CoverageState } from './coverageState';
export {
  formatCompactCount,
  formatBurnRate,
  formatCount,
  formatExpectedCount,
  formatQuantity,
  formatRemaining,
  formatShare,
  formatSpend,
  wholeRequests,
} from './amount';
export { formatRatioBounds } from './bounds';
export {
  claimWords,
  kindWords,
  originWords,
  strengthWords,
  trafficWords,
} from './call';
export {
  formatAge,
  formatDay,
  formatDays,
  formatFullDay,
  formatHour,
  formatInstant,
  formatNearInstant,
  formatYearDay,
  isLongAgo,
} from './instant';
export {
  formatLatencyInterval,
  formatLatencyInWords,
  formatSeconds,
} from './latency';
export { joinWords } from './join';
export { formatProbability, formatRatio } from './ratio';
export {
  formatProbabilityInterval,
  formatProbabilityInWords,
} from './probability';
export {
  badName,
  formatBudgetRequests,
  formatObjective,
  goodWords,
} from './sli';
export {
  formatAdjoiningWindow,
  formatKnownWindow,
  formatMinutes,
  formatShortWindow,
  formatWindow,
} from './span';
export {
  formatCallRate,
  formatCallsPerRequest,
  formatFailureRatio,
} from './traffic';
export { unbroken } from './unbroken';
export { verdictWords } from './verdict';
