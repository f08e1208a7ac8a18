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
  formatInstant,
  formatNearInstant,
} from './instant';
export { formatMinutes, formatShortWindow, formatWindow } from './span';
