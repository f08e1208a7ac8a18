import {
  formatCount,
  formatDays,
  formatPercent,
  formatProbability,
} from '../sli';
import type { ExplanationFacts } from './ExplanationFacts';
import { formatDate, formatQuantity } from './words';

/** Why to believe it: past windows, the fleet, what was borrowed, and the data themselves. */
export function evidenceSentences(facts: ExplanationFacts): string[] {
  return [
    ...backtested(facts),
    ...calibrated(facts),
    ...borrowed(facts),
    ...known(facts),
    ...confident(facts),
  ];
}

function backtested({ backtest, level }: ExplanationFacts): string[] {
  if (level === null) {
    return [];
  }
  if (!backtest || backtest.judged === 0) {
    return [
      'The history is too short to try the recommendation on past windows.',
    ];
  }
  const { judged, kept } = backtest;
  return [
    `Of ${formatQuantity(judged, 'past window')}, ${formatCount(kept)} kept what would have been recommended.`,
  ];
}

/** The level at which the fleet's coverage is told: that of the balanced tier. */
const TOLD_LEVEL = 0.9;

function calibrated({ calibration }: ExplanationFacts): string[] {
  if (!calibration) {
    return [];
  }
  const level = calibration.coverage.find(
    ({ nominal }) => nominal === TOLD_LEVEL,
  );
  if (!level) {
    return [
      calibration.calibrated
        ? 'The probabilities are corrected by past windows of the fleet; no window has come since to test that on.'
        : 'Too few past windows of the fleet are known to test such predictions on; the probabilities err on the cautious side.',
    ];
  }
  const advice = calibration.calibrated
    ? ''
    : ': do not rest on these probabilities';
  return [
    `Over the fleet, ${formatPercent(level.observed)} of ${formatQuantity(calibration.windows, 'past window')} of ` +
      `${formatQuantity(calibration.services, 'service')} (${lowerFirst(calibration.stratum)}) kept what was predicted ` +
      `with ${formatPercent(level.nominal)}${advice}.`,
  ];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function borrowed(facts: ExplanationFacts): string[] {
  if (!facts.borrowed) {
    return [];
  }
  const { ownWeight, peers, peerGroup, sufficientAtMs } = facts.borrowed;
  const until =
    sufficientAtMs === null
      ? 'It cannot be told when its own data will suffice.'
      : `Its own data will suffice on ${formatDate(sufficientAtMs)} if traffic stays as it is.`;
  return [
    `This is borrowed: the service’s own data have a weight of ${formatPercent(ownWeight)}, and the rest comes from ` +
      `${formatCount(peers)} ${peerGroup}. ${until}`,
  ];
}

function known(facts: ExplanationFacts): string[] {
  const made = facts.simulated ? ['The telemetry is simulated.'] : [];
  if (facts.historyDays === 0) {
    return made;
  }
  return [
    ...made,
    `The history spans ${formatDays(facts.historyDays)}; counts are known for ${formatPercent(facts.completeness)} of its hours.`,
  ];
}

function confident({ confidence }: ExplanationFacts): string[] {
  return confidence === null
    ? []
    : [`The confidence in it is ${formatProbability(confidence)}.`];
}
