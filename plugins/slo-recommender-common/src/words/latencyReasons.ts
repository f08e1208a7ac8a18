import type {
  Bimodality,
  BucketAdvice,
  FrontierReason,
  LatencyInterval,
} from 'backstage-plugin-slo-recommender-engine';
import { joinWords } from './numbers';
import { formatProbabilityInWords, formatRatio } from './ratios';
import { formatSeconds } from './slis';

type ChosenPoint = Exclude<FrontierReason, { code: 'nothing_kept' }>;

/** The reason in words. */
export function frontierWords(reason: FrontierReason): string {
  if (reason.code === 'nothing_kept') {
    return 'At none of the thresholds is even the lowest objective kept with 90 %. Find out what is slow before promising anything.';
  }
  return reason.faster
    ? `${choiceWords(reason)} ${promiseOf(reason.faster)} could be promised too, but leaves out more requests.`
    : choiceWords(reason);
}

function choiceWords({
  code,
  chosen,
  worthy,
  worthyObjective,
}: ChosenPoint): string {
  const promise = `${promiseOf(chosen)} is kept with ${formatProbabilityInWords(chosen.attainment)}`;
  if (code === 'fastest_worthy') {
    return `${promise}: of the thresholds with an objective of at least ${formatRatio(worthyObjective)} it is the fastest, and a slower one would promise users less.`;
  }
  return worthy
    ? `${promise}. ${promiseOf(worthy)} would hold too, but a threshold ${Math.round(worthy.thresholdSeconds / chosen.thresholdSeconds)} times slower says nothing of what most requests are like.`
    : `${promise}: no threshold is kept at ${formatRatio(worthyObjective)}, and this is the highest objective, at the fastest threshold that has it.`;
}

/** For example `99 % within 250 ms`. */
function promiseOf({
  objective,
  thresholdSeconds,
}: ChosenPoint['chosen']): string {
  return `${formatRatio(objective)} within ${formatSeconds(thresholdSeconds)}`;
}

export function bimodalityWords(facts: Bimodality): string {
  return (
    `There are two kinds of requests: most take ${peakWords(facts.fastPeak)}, and ${formatRatio(facts.slowShare)} are slower than ` +
    `${formatSeconds(facts.boundarySeconds)} and take mostly ${peakWords(facts.slowPeak)}, as cold starts or cache misses do.`
  );
}

function peakWords({ fromSeconds, toSeconds }: LatencyInterval): string {
  if (toSeconds === null) return `more than ${formatSeconds(fromSeconds)}`;
  return fromSeconds === 0
    ? `at most ${formatSeconds(toSeconds)}`
    : `${formatSeconds(fromSeconds)} to ${formatSeconds(toSeconds)}`;
}

/** What cannot be measured, and which boundaries to add: one sentence. */
export function bucketAdviceWords({
  addSeconds,
  coarse,
  unmeasuredSeconds,
}: BucketAdvice): string {
  const findings = coarse.map(({ percentiles, bucket }) => {
    const names = percentiles.map(share => `p${Math.round(share * 100)}`);
    return `${joinWords(names)} ${names.length > 1 ? 'lie' : 'lies'} ${placeWords(bucket)}`;
  });
  if (unmeasuredSeconds !== null) {
    findings.push(
      `no boundary is at the promised threshold of ${formatSeconds(unmeasuredSeconds)}`,
    );
  }
  const boundaries = addSeconds.length > 1 ? 'boundaries' : 'a boundary';
  return (
    `The histogram is too coarse: ${joinWords(findings)}; ` +
    `add ${boundaries} at ${joinWords(addSeconds.map(formatSeconds))}.`
  );
}

function placeWords({ fromSeconds, toSeconds }: LatencyInterval): string {
  if (toSeconds === null) {
    return fromSeconds > 0
      ? `above the highest boundary (${formatSeconds(fromSeconds)})`
      : 'in the only bucket';
  }
  return fromSeconds === 0
    ? `below the lowest boundary (${formatSeconds(toSeconds)})`
    : `between ${formatSeconds(fromSeconds)} and ${formatSeconds(toSeconds)}`;
}
