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
  formatAge,
  formatDay,
  formatFullDay,
  formatHour,
  formatInstant,
  formatNearInstant,
  isLongAgo,
} from './instant';
export { formatProbabilityInWords } from './probability';
export {
  formatAdjoiningWindow,
  formatMinutes,
  formatShortWindow,
  formatWindow,
} from './span';
export { verdictWords } from './verdict';
