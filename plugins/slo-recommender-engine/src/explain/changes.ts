import { formatPercent } from '../sli';
import type { ExplanationFacts } from './ExplanationFacts';
import { formatDate, formatQuantity, wordsFor } from './words';

/** What changed, what was left out, and which threshold was chosen: always both numbers. */
export function changeSentences(facts: ExplanationFacts): string[] {
  return [
    ...(facts.thresholdReason === null ? [] : [facts.thresholdReason]),
    ...changed(facts),
    ...excluded(facts),
  ];
}

function changed(facts: ExplanationFacts): string[] {
  const { regime } = facts;
  const last = regime?.changePoints.at(-1);
  if (!regime || !last) {
    return [];
  }
  const { succeeded, fail } = wordsFor(facts);
  const more = last.direction === 'worse' ? 'more' : 'fewer';
  const event = last.event === null ? '' : `, close to ‘${last.event}’`;
  return [
    `Since ${formatDate(last.atMs)}${event}, ${more} requests ${fail} than before: apart from incidents, ` +
      `${formatPercent(last.before)} ${succeeded} before and ${formatPercent(last.after)} since.`,
    `By the time since alone ${objectiveWords(regime.presentObjective)} is recommended, by the whole history ` +
      `${objectiveWords(regime.wholeHistoryObjective)}; ${
        regime.applied
          ? 'the recommendation rests on the time since.'
          : 'the time since is too short, so the recommendation rests on the whole history.'
      }`,
  ];
}

function excluded(facts: ExplanationFacts): string[] {
  const { exclusions } = facts;
  if (!exclusions) {
    return [];
  }
  const over =
    exclusions.hoursOverCap > 0
      ? ` The cap leaves in ${formatQuantity(exclusions.hoursOverCap, 'hour')} that someone asked to exclude.`
      : '';
  return [
    `Of the last window’s hours ${formatPercent(exclusions.excludedShare)} are excluded, of at most ` +
      `${formatPercent(exclusions.cap)}.${over}`,
    `With the exclusions ${outcome(facts, exclusions.achievedWithExclusions, exclusions.objectiveWithExclusions)}; ` +
      `without them ${outcome(facts, exclusions.achievedWithoutExclusions, exclusions.objectiveWithoutExclusions)}.`,
  ];
}

function outcome(
  facts: ExplanationFacts,
  achieved: number | null,
  objective: number | null,
): string {
  const share =
    achieved === null
      ? 'the ratio is unknown'
      : `${formatPercent(achieved)} of requests ${wordsFor(facts).succeeded}`;
  return `${share} and ${objectiveWords(objective)} is recommended`;
}

function objectiveWords(objective: number | null): string {
  return objective === null ? 'no objective' : formatPercent(objective);
}
