import type { LatencyInterval } from '../schemas/latency';
import type { SliType, Verdict } from '../schemas/primitives';
import type { Recommendation } from '../schemas/recommendations';
import { formatQuantity, wholeRequests } from './numbers';
import { formatRatio } from './ratios';

type Sli = Pick<Recommendation, 'sliType' | 'thresholdSeconds'>;

export const verdictWords: Record<Verdict, string> = {
  ok: 'recommendation ready',
  degraded: 'ready, data flawed',
  insufficient: 'not enough data',
  invalid: 'SLI broken',
};

const badNames: Record<SliType, string> = {
  availability: 'failed',
  latency: 'slow',
};

/** What a request that does not count as good is called: `failed`, `slow`. */
export function badName(sliType: SliType): string {
  return badNames[sliType];
}

/** Requests that a budget allows, in words: `21,400 failed requests`, `1 slow request`, `less than 1 failed request`. */
export function formatBudgetRequests(
  requests: number,
  sliType: SliType,
): string {
  const whole = wholeRequests(requests);
  return whole === 0
    ? `less than 1 ${badName(sliType)} request`
    : formatQuantity(whole, `${badName(sliType)} request`);
}

/** What the good requests of an SLI did: `succeeded`, `were faster than 300 ms`. */
export function goodWords({ sliType, thresholdSeconds }: Sli): string {
  if (sliType === 'availability') return 'did not fail by the service’s fault';
  return thresholdSeconds === undefined
    ? 'were fast enough'
    : `were faster than ${formatSeconds(thresholdSeconds)}`;
}

/** An objective with what it is of: `99.9 % availability`, `99 % of requests faster than 300 ms`. */
export function formatObjective(
  objective: number,
  { sliType, thresholdSeconds }: Sli,
): string {
  const ratio = formatRatio(objective);
  if (sliType === 'availability') return `${ratio} availability`;
  return thresholdSeconds === undefined
    ? `${ratio} of requests fast enough`
    : `${ratio} of requests faster than ${formatSeconds(thresholdSeconds)}`;
}

/**
 * A latency in three digits: `5 ms`, `1.6 s`, `180 s`. Seconds stay seconds, as they are configured: a threshold of 80 s
 * must not read like one of 78 s.
 */
export function formatSeconds(seconds: number): string {
  return seconds < 1
    ? `${Number((seconds * 1_000).toPrecision(3))} ms`
    : `${Number(seconds.toPrecision(3))} s`;
}

/** Boundaries printed and read again, or converted from milliseconds, are the same to this relative difference. */
const SAME_THRESHOLD = 1e-6;

/**
 * Whether two SLIs have the same latency threshold; undefined is that of availability. Thresholds come from annotations
 * and from the boundaries of histograms, in seconds or milliseconds: 0.3 s and 300 ms may differ in their last bits.
 */
export function isSameThreshold(
  a: number | undefined,
  b: number | undefined,
): boolean {
  return a === undefined || b === undefined
    ? a === b
    : Math.abs(a - b) <= SAME_THRESHOLD * Math.max(a, b);
}

/** What a histogram can say of a latency: `below 100 ms`, `200 ms to 400 ms`, `above 12.8 s`. */
export function formatLatencyInterval(interval: LatencyInterval): string {
  const { fromSeconds, toSeconds } = interval;
  if (toSeconds === null) return `above ${formatSeconds(fromSeconds)}`;
  if (fromSeconds === 0) return `below ${formatSeconds(toSeconds)}`;
  return fromSeconds === toSeconds
    ? formatSeconds(toSeconds)
    : `${formatSeconds(fromSeconds)} to ${formatSeconds(toSeconds)}`;
}

/** The same within a sentence: `below 100 ms`, `between 200 ms and 400 ms`, `above 12.8 s`, `at 300 ms`. */
export function formatLatencyInWords(interval: LatencyInterval): string {
  const words = formatLatencyInterval(interval);
  if (words.includes(' to '))
    return `between ${words.replace(' to ', ' and ')}`;
  return interval.fromSeconds === interval.toSeconds ? `at ${words}` : words;
}
