import * as words from 'backstage-plugin-slo-recommender-common';
import { unbrokenWords } from './unbroken';

/** The formatters of the contract package, on a screen: a figure and its unit stay on one line. */
export const formatBurnRate = unbrokenWords(words.formatBurnRate);
export const formatFailureRatio = unbrokenWords(words.formatFailureRatio);
export const formatLatencyInterval = unbrokenWords(words.formatLatencyInterval);
export const formatLatencyInWords = unbrokenWords(words.formatLatencyInWords);
export const formatMinutes = unbrokenWords(words.formatMinutes);
export const formatObjective = unbrokenWords(words.formatObjective);
export const formatProbability = unbrokenWords(words.formatProbability);
export const formatProbabilityInterval = unbrokenWords(
  words.formatProbabilityInterval,
);
export const formatProbabilityInWords = unbrokenWords(
  words.formatProbabilityInWords,
);
export const formatRatio = unbrokenWords(words.formatRatio);
export const formatRatioBounds = unbrokenWords(words.formatRatioBounds);
export const formatRemaining = unbrokenWords(words.formatRemaining);
export const formatSeconds = unbrokenWords(words.formatSeconds);
export const formatShare = unbrokenWords(words.formatShare);
export const formatShortWindow = unbrokenWords(words.formatShortWindow);
export const formatSpend = unbrokenWords(words.formatSpend);
export const goodWords = unbrokenWords(words.goodWords);
export const trafficWords = unbrokenWords(words.trafficWords);

export {
  badName,
  claimWords,
  formatAdjoiningWindow,
  formatAge,
  formatBudgetRequests,
  formatCallRate,
  formatCallsPerRequest,
  formatCompactCount,
  formatCount,
  formatDate,
  formatDateRange,
  formatDay,
  formatExpectedCount,
  formatFullDay,
  formatHour,
  formatInstant,
  formatKnownWindow,
  formatMonth,
  formatNearInstant,
  formatQuantity,
  formatWindow,
  isLongAgo,
  joinWords,
  kindWords,
  originWords,
  strengthWords,
  verdictWords,
  wholeRequests,
} from 'backstage-plugin-slo-recommender-common';
export { coverageState, type CoverageState } from './coverageState';
export { capitalised, unbroken } from './unbroken';
