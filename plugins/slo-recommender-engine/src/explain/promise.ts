import { TIER_ATTAINMENT, type CurvePoint } from '../recommend';
import {
  allowedFailureRatio,
  DAY_MS,
  formatPercent,
  formatProbability,
} from '../sli';
import { enumerate, formatSeconds } from '../latency';
import type { ExplanationFacts } from './ExplanationFacts';
import {
  formatLastSpan,
  formatMinutes,
  formatQuantity,
  formatSpan,
  wholeRequests,
  wordsFor,
} from './words';

/** What to promise and how sure it is, what is promised today, what would be bolder, and what few requests mean. */
export function promiseSentences(facts: ExplanationFacts): string[] {
  return [
    recommended(facts),
    ...promisedToday(facts),
    ...achieved(facts),
    ...nextRung(facts),
    ...singleFailure(facts),
  ];
}

function recommended(facts: ExplanationFacts): string {
  const { balanced, aggressive } = facts.tiers;
  const words = wordsFor(facts);
  const span = formatSpan(facts.windowMs);
  if (facts.curve.length === 0) {
    return facts.verdict === 'invalid'
      ? 'No objective is recommended, for the counts cannot be right.'
      : 'No objective is recommended, for too little has been seen.';
  }
  if (!balanced) {
    const nearest = aggressive
      ? ` The nearest is ${formatPercent(aggressive.objective)} with ${formatProbability(aggressive.attainment)}.`
      : '';
    return `No objective considered is kept over ${span} with ${formatProbability(TIER_ATTAINMENT.balanced)} probability.${nearest}`;
  }
  const requests = formatQuantity(
    wholeRequests(balanced.budgetRequests),
    words.failedRequest,
  );
  // minutes are of full outage, which is no measure of what is slow
  const budget =
    facts.thresholdSeconds === null
      ? `${formatMinutes(balanced.budgetMinutes)}, or ${requests},`
      : requests;
  return (
    `Promise ${words.promise(balanced.objective)} over ${span}. With ${formatProbability(balanced.attainment)} ` +
    `probability the next window keeps it: ${budget} of budget.`
  );
}

function achieved(facts: ExplanationFacts): string[] {
  if (facts.achieved === null || facts.requests === null) {
    return [];
  }
  const knownMs = Math.min(facts.windowMs, facts.historyDays * DAY_MS);
  return [
    `In the last ${formatLastSpan(knownMs)} ${formatPercent(facts.achieved)} of ` +
      `${formatQuantity(facts.requests, 'request')} ${wordsFor(facts).succeeded}.`,
    ...lessThanAchieved(facts.achieved, facts.tiers.balanced),
  ];
}

function lessThanAchieved(
  ratio: number,
  balanced: ExplanationFacts['tiers']['balanced'],
): string[] {
  return balanced && balanced.objective < ratio
    ? [
        'Less than that is recommended: windows differ, and room is left for a day worse than any seen.',
      ]
    : [];
}

function promisedToday(facts: ExplanationFacts): string[] {
  const { promised, tiers } = facts;
  if (!promised) {
    return ['Nothing is promised today.'];
  }
  const { objective, attainment, thresholdSeconds } = promised;
  const isSameSli = thresholdSeconds === facts.thresholdSeconds;
  if (isSameSli && objective === tiers.balanced?.objective) {
    return ['It is what is promised today.'];
  }
  const threshold =
    isSameSli || thresholdSeconds === null
      ? ''
      : ` within ${formatSeconds(thresholdSeconds)}`;
  const promise = `oday’s promise of ${formatPercent(objective)}${threshold}`;
  if (attainment === null) {
    return [`Whether t${promise} can be kept cannot be told from the data.`];
  }
  const room =
    isSameSli && tiers.balanced && objective < tiers.balanced.objective
      ? ': there is room for more'
      : '';
  return [
    `T${promise} is kept with ${formatProbability(attainment)} probability${room}.`,
  ];
}

function nextRung({ tiers, curve }: ExplanationFacts): string[] {
  const { balanced } = tiers;
  const next: CurvePoint | undefined =
    balanced === null
      ? undefined
      : curve.find(
          ({ rung, objective }) => rung && objective > balanced.objective,
        );
  if (!next) {
    return [];
  }
  return next.supported
    ? [
        `The next rung, ${formatPercent(next.objective)}, would be kept with ${formatProbability(next.attainment)} probability.`,
      ]
    : [
        `The next rung, ${formatPercent(next.objective)}, is not offered: too few good requests were seen to tell it from a lower one.`,
      ];
}

function singleFailure(facts: ExplanationFacts): string[] {
  const { tiers, promised, expectedRequests, longerWindowMs } = facts;
  if (expectedRequests === null) {
    return [];
  }
  const named = [
    tiers.conservative,
    tiers.balanced,
    tiers.aggressive,
    promised,
  ].flatMap(promise => promise?.objective ?? []);
  const broken = [...new Set(named)]
    .filter(
      objective =>
        wholeRequests(allowedFailureRatio(objective) * expectedRequests) < 1,
    )
    .sort((a, b) => a - b);
  if (broken.length === 0) {
    return [];
  }
  const advice =
    longerWindowMs === null
      ? ''
      : ` A window of ${formatSpan(longerWindowMs)} would leave room for a few.`;
  return [
    `With so few requests, one ${wordsFor(facts).failedRequest} in the window would break ${enumerate(broken.map(formatPercent))}.${advice}`,
  ];
}
