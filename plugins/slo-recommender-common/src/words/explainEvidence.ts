import { TIER_ATTAINMENT } from '../schemas/recommendations';
import type { ExplanationFacts, SliWords } from './explanationFacts';
import { formatDays } from './durations';
import { formatDate } from './instants';
import { formatCount, formatQuantity } from './numbers';
import { formatProbabilityInWords, formatRatio } from './ratios';

/** Why to believe it (past windows, the fleet, what was borrowed, the data themselves), and what changed. */
export function evidenceSentences(
  facts: ExplanationFacts,
  words: SliWords,
): string[] {
  const { latency } = facts;
  return [
    ...backtested(facts),
    ...calibrated(facts),
    ...borrowed(facts),
    ...known(facts),
    ...confident(facts),
    ...(latency && latency.reason !== null ? [latency.reason] : []),
    ...changed(facts, words),
    ...excluded(facts, words),
  ];
}

function backtested({ backtest, level }: ExplanationFacts): string[] {
  if (level === null) return [];
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

function calibrated({ calibration }: ExplanationFacts): string[] {
  if (!calibration) return [];
  const isCalibrated = calibration.state === 'calibrated';
  const level = calibration.coverage.find(
    ({ nominal }) => nominal === TIER_ATTAINMENT.balanced,
  );
  if (!level) {
    return [
      isCalibrated
        ? 'The probabilities are corrected by past windows of the fleet; no window has come since to test that on.'
        : 'Too few past windows of the fleet are known to test such predictions on; the probabilities err on the cautious side.',
    ];
  }
  const advice = isCalibrated ? '' : ': do not rest on these probabilities';
  return [
    `Over the fleet, ${formatRatio(level.observed)} of ${formatQuantity(calibration.windows, 'past window')} of ` +
      `${formatQuantity(calibration.services, 'service')} (${lowerFirst(calibration.stratum)}) kept what was predicted ` +
      `with ${formatRatio(level.nominal)}${advice}.`,
  ];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function borrowed(facts: ExplanationFacts): string[] {
  if (!facts.borrowed) return [];
  const { ownWeight, peers, peerGroup, sufficientAt } = facts.borrowed;
  const until =
    sufficientAt === null
      ? 'When it will have enough data of its own is not known.'
      : `It will have enough data of its own on ${formatDate(sufficientAt)} if traffic stays as it is.`;
  return [
    `This is borrowed: the service’s own data have a weight of ${formatRatio(ownWeight)}, and the rest comes from ` +
      `${formatCount(peers)} ${peerGroup}. ${until}`,
  ];
}

function known({ dataQuality }: ExplanationFacts): string[] {
  const { simulated, historyDays, completeness } = dataQuality;
  return [
    ...(simulated ? ['The telemetry is simulated.'] : []),
    ...(historyDays === 0
      ? []
      : [
          `The history spans ${formatDays(historyDays)}; counts are known for ${formatRatio(completeness)} of its hours.`,
        ]),
  ];
}

function confident({ confidence }: ExplanationFacts): string[] {
  return confidence === null
    ? []
    : [`The confidence in it is ${formatProbabilityInWords(confidence)}.`];
}

function changed({ regime }: ExplanationFacts, words: SliWords): string[] {
  const last = regime?.changePoints.at(-1);
  if (!regime || !last) return [];
  const { succeeded, fail } = words;
  const more = last.direction === 'worse' ? 'more' : 'fewer';
  const event = last.event === null ? '' : `, close to ‘${last.event}’`;
  return [
    `Since ${formatDate(last.at)}${event}, ${more} requests ${fail} than before: apart from incidents, ` +
      `${formatRatio(last.before)} ${succeeded} before and ${formatRatio(last.after)} since.`,
    `By the time since alone ${objectiveWords(regime.presentObjective)} is recommended, by the whole history ` +
      `${objectiveWords(regime.wholeHistoryObjective)}; ${
        regime.applied
          ? 'the recommendation rests on the time since.'
          : 'the time since is too short, so the recommendation rests on the whole history.'
      }`,
  ];
}

function excluded({ exclusions }: ExplanationFacts, words: SliWords): string[] {
  if (!exclusions) return [];
  const over =
    exclusions.hoursOverCap > 0
      ? ` The cap leaves in ${formatQuantity(exclusions.hoursOverCap, 'hour')} that someone asked to exclude.`
      : '';
  const outcome = (achieved: number | null, objective: number | null) =>
    `${
      achieved === null
        ? 'the ratio is unknown'
        : `${formatRatio(achieved)} of requests ${words.succeeded}`
    } and ${objectiveWords(objective)} is recommended`;
  return [
    `Of the last window’s hours ${formatRatio(exclusions.excludedShare)} are excluded, of at most ` +
      `${formatRatio(exclusions.cap)}.${over}`,
    `With the exclusions ${outcome(exclusions.achievedWithExclusions, exclusions.objectiveWithExclusions)}; ` +
      `without them ${outcome(exclusions.achievedWithoutExclusions, exclusions.objectiveWithoutExclusions)}.`,
  ];
}

function objectiveWords(objective: number | null): string {
  return objective === null ? 'no objective' : formatRatio(objective);
}
