import { formatSeconds } from '../latency';
import { DAY_MS, formatCount, formatDays, formatPercent } from '../sli';
import type { ExplanationFacts } from './ExplanationFacts';

const HOUR = 60;
const DAY = 24 * HOUR;

/** A budget in at most two units: `26 s`, `8.1 min`, `40 min`, `3 h 22 min`, `1 d 4 h`. */
export function formatMinutes(minutes: number): string {
  if (minutes <= 0) return '0 min';
  if (minutes < 1) return `${Math.max(1, Math.round(minutes * 60))} s`;
  if (minutes < 10) return `${Number(minutes.toFixed(1))} min`;
  const whole = Math.round(minutes);
  if (whole < HOUR) return `${whole} min`;
  if (whole < DAY) {
    return `${Math.floor(whole / HOUR)} h${
      whole % HOUR > 0 ? ` ${whole % HOUR} min` : ''
    }`;
  }
  const hours = Math.round(whole / HOUR);
  return `${Math.floor(hours / 24)} d${hours % 24 > 0 ? ` ${hours % 24} h` : ''}`;
}

/** Whole requests that a budget allows. The nudge keeps 2139.9999999, which is 2140 but for rounding, from losing one. */
export function wholeRequests(requests: number): number {
  return Math.floor(requests + 1e-6);
}

/** `1 service`, `2,140 failed requests`. */
export function formatQuantity(count: number, noun: string): string {
  const whole = Math.round(count);
  return `${formatCount(whole)} ${noun}${whole === 1 ? '' : 's'}`;
}

/** `28 days`. */
export function formatSpan(ms: number): string {
  return formatDays(ms / DAY_MS);
}

/** The same after `last`: `28 days`, but `day` alone for one. */
export function formatLastSpan(ms: number): string {
  return formatSpan(ms).replace(/^1 /, '');
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A day in UTC: `21 Nov 2026`. */
export function formatDate(atMs: number): string {
  const date = new Date(atMs);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** How good and bad requests are spoken of. */
export interface SliWords {
  /** What is promised, of an objective. */
  promise(objective: number): string;
  /** What good requests did, and bad ones do: `succeeded`, `fail`. */
  succeeded: string;
  fail: string;
  /** One that was bad: `failed request`. */
  failedRequest: string;
}

export function wordsFor({
  thresholdSeconds,
}: Pick<ExplanationFacts, 'thresholdSeconds'>): SliWords {
  if (thresholdSeconds === null) {
    return {
      promise: objective => `${formatPercent(objective)} availability`,
      succeeded: 'succeeded',
      fail: 'fail',
      failedRequest: 'failed request',
    };
  }
  const threshold = formatSeconds(thresholdSeconds);
  return {
    promise: objective =>
      `that ${formatPercent(objective)} of requests are served within ${threshold}`,
    succeeded: `were served within ${threshold}`,
    fail: 'are too slow',
    failedRequest: 'slow request',
  };
}
