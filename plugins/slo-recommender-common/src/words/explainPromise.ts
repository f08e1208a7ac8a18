import { TIER_ATTAINMENT } from '../schemas/recommendations';
import { formatKnownWindow, formatMinutes, formatWindow } from './durations';
import type { ExplanationFacts, SliWords } from './explanationFacts';
import { formatQuantity, joinWords, wholeRequests } from './numbers';
import { formatProbabilityInWords, formatRatio } from './ratios';
import { formatSeconds, isSameThreshold } from './slis';

/** What to promise and how sure it is, what is promised today, what would be bolder, and what few requests mean. */
export function promiseSentences(
  facts: ExplanationFacts,
  words: SliWords,
): string[] {
  return [
    recommended(facts, words),
    ...promisedToday(facts),
    ...achieved(facts, words),
    ...nextRung(facts),
    ...singleFailure(facts, words),
  ];
}

function recommended(facts: ExplanationFacts, words: SliWords): string {
  const { balanced, aggressive } = facts.tiers;
  const span = formatWindow(facts.window);
  if (facts.curve.length === 0) {
    return facts.verdict === 'invalid'
      ? 'No objective is recommended, for the counts cannot be right.'
      : 'No objective is recommended, for too little has been seen.';
  }
  if (!balanced) {
    const nearest = aggressive
      ? ` The nearest is ${formatRatio(aggressive.objective)} with ${formatProbabilityInWords(aggressive.attainment)}.`
      : '';
    return `No objective considered is kept over ${span} with ${formatProbabilityInWords(TIER_ATTAINMENT.balanced)} probability.${nearest}`;
  }
  const requests = formatQuantity(
    wholeRequests(balanced.budgetRequests),
    words.failedRequest,
  );
  // minutes are of full outage, which is no measure of what is slow
  const budget =
    facts.thresholdSeconds === undefined
      ? `${formatMinutes(balanced.budgetMinutes)}, or ${requests},`
      : requests;
  return (
    `Promise ${words.promise(balanced.objective)} over ${span}. With ${formatProbabilityInWords(balanced.attainment)} ` +
    `probability the next window keeps it: ${budget} of budget.`
  );
}

function achieved(facts: ExplanationFacts, words: SliWords): string[] {
  if (facts.achieved === null || facts.requests === null) return [];
  const span = formatKnownWindow(facts.window, facts.dataQuality.historyDays);
  return [
    `In the last ${span} ${formatRatio(facts.achieved)} of ` +
      `${formatQuantity(facts.requests, 'request')} ${words.succeeded}.`,
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
  const isSameSli = isSameThreshold(thresholdSeconds, facts.thresholdSeconds);
  if (isSameSli && objective === tiers.balanced?.objective) {
    return ['It is what is promised today.'];
  }
  const threshold =
    isSameSli || thresholdSeconds === undefined
      ? ''
      : ` within ${formatSeconds(thresholdSeconds)}`;
  const promise = `oday’s promise of ${formatRatio(objective)}${threshold}`;
  if (attainment === null) {
    return [`Whether t${promise} can be kept cannot be told from the data.`];
  }
  const room =
    isSameSli && tiers.balanced && objective < tiers.balanced.objective
      ? ': there is room for more'
      : '';
  return [
    `T${promise} is kept with ${formatProbabilityInWords(attainment)} probability${room}.`,
  ];
}

function nextRung({ tiers, curve }: ExplanationFacts): string[] {
  const { balanced } = tiers;
  const next =
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
        `The next rung, ${formatRatio(next.objective)}, would be kept with ${formatProbabilityInWords(next.attainment)} probability.`,
      ]
    : [
        `The next rung, ${formatRatio(next.objective)}, is not offered: too few good requests were seen to tell it from a lower one.`,
      ];
}

function singleFailure(facts: ExplanationFacts, words: SliWords): string[] {
  const { tiers, promised, expectedRequests, longerWindow } = facts;
  if (expectedRequests === null) return [];
  const named = [
    tiers.conservative,
    tiers.balanced,
    tiers.aggressive,
    promised,
  ].flatMap(promise => promise?.objective ?? []);
  const broken = [...new Set(named)]
    .filter(objective => wholeRequests((1 - objective) * expectedRequests) < 1)
    .sort((a, b) => a - b);
  if (broken.length === 0) {
    return [];
  }
  const advice =
    longerWindow === null
      ? ''
      : ` A window of ${formatWindow(longerWindow)} would leave room for a few.`;
  return [
    `With so few requests, one ${words.failedRequest} in the window would break ${joinWords(broken.map(formatRatio))}.${advice}`,
  ];
}
