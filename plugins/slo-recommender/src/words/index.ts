export {
  formatCompactCount,
  formatBurnRate,
  formatCount,
  formatQuantity,
  formatRemaining,
  formatShare,
  wholeRequests,
} from './amount';
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
  formatFullDay,
  formatHour,
  formatInstant,
  formatNearInstant,
  isLongAgo,
} from './instant';
export { formatLatencyInterval, formatSeconds } from './latency';
export { joinWords } from './join';
export { formatProbabilityInWords } from './probability';
export {
  formatAdjoiningWindow,
  formatMinutes,
  formatShortWindow,
  formatWindow,
} from './span';
export {
  formatCallRate,
  formatCallsPerRequest,
  formatFailureRatio,
} from './traffic';
export { verdictWords } from './verdict';
