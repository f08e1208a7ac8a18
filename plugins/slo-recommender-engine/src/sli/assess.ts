import { formatCount, formatDays, formatPercent } from './formatFigures';
import {
  historyCompleteness,
  type CountFault,
  type SliHistory,
} from './SliHistory';
import { findStuckAtZero } from './stuckAtZero';
import { DAY_MS, formatHour, HOUR_MS } from './time';
import { sumWindow } from './windowSum';

/**
 * What may be said of an SLI, before any number: `ok`, `degraded` (numbers with a caveat), `insufficient` (not enough
 * seen to recommend anything), `invalid` (what was seen cannot be right).
 */
export type Verdict = 'ok' | 'degraded' | 'insufficient' | 'invalid';

/** Why a verdict is as it is: a stable code in snake_case, and a sentence with figures and what to do. */
export interface Reason {
  code: string;
  message: string;
}

export interface Assessment {
  verdict: Verdict;
  /** Empty only where all is well. */
  reasons: Reason[];
}

/** Fewest requests that carry the lowest rung of the ladder, 90 %, by the rule of three: 3/n ≤ 10 %. */
export const FEWEST_REQUESTS = 30;

/** Share of known hours below which results carry a caveat. */
const WHOLE_ENOUGH = 0.95;

/** History that a recommendation for the window needs, in milliseconds: max(min(window, 14 d), window / 2). */
export function minimumHistoryMs(windowMs: number): number {
  return Math.max(Math.min(windowMs, 14 * DAY_MS), windowMs / 2);
}

/** Short of the minimum by as much is long enough: the first hour of a recording and the newest one are seldom there. */
const FORGIVEN_MS = 2 * HOUR_MS;

/** Whether a history of that length can carry a recommendation for the window. */
export function isLongEnough(historyMs: number, windowMs: number): boolean {
  return historyMs >= minimumHistoryMs(windowMs) - FORGIVEN_MS;
}

/** Age of the newest known hour that is still fresh: 5 % of the window, within 1 and 3 hours. */
function freshHours(windowMs: number): number {
  const share = Math.floor((0.05 * windowMs) / HOUR_MS);
  return Math.min(3, Math.max(1, share));
}

const FAULT_SENTENCES: Record<CountFault['code'], string> = {
  not_finite: 'a count is infinite',
  negative_count:
    'a count is negative (for example because failures exceed what they are subtracted from)',
  bad_exceeds_total: 'more requests failed than were made',
  count_too_large: 'a count is beyond 2^53 and cannot be right',
};

function reasonOfFault({ code, hours, firstMs }: CountFault): Reason {
  return {
    code,
    message:
      `In ${formatCount(hours)} ${hours === 1 ? 'hour' : 'hours'}, first at ${formatHour(firstMs)}, ` +
      `${FAULT_SENTENCES[code]}. Check the queries or series that the requests and failures are taken from.`,
  };
}

function invalidReasons(history: SliHistory): Reason[] {
  const reasons = history.faults.map(reasonOfFault);
  const stuck = findStuckAtZero(history);
  if (stuck) {
    reasons.push({
      code: 'stuck_at_zero',
      message:
        `Since ${formatHour(stuck.sinceMs)} ${
          stuck.successRatio === 0
            ? 'none'
            : `only ${formatPercent(stuck.successRatio)}`
        } of ` +
        `${formatCount(stuck.requests)} requests have succeeded, hour after hour. That is a broken SLI rather than ` +
        `an outage: check what is counted as a failure (for example business exceptions or 4xx answers).`,
    });
  }
  return reasons;
}

function insufficientReasons(history: SliHistory, windowMs: number): Reason[] {
  if (history.knownHours === 0) {
    return [
      {
        code: 'no_telemetry',
        message:
          'No telemetry was found for this service. Check that it is instrumented, and that its telemetry name and ' +
          'datasource are the ones annotated.',
      },
    ];
  }
  const reasons: Reason[] = [];
  const startMs = history.startMs + history.firstKnown * HOUR_MS;
  const seenMs = (history.endKnown - history.firstKnown) * HOUR_MS;
  const minimumMs = minimumHistoryMs(windowMs);
  if (!isLongEnough(seenMs, windowMs)) {
    reasons.push({
      code: 'short_history',
      message:
        `Only ${formatDays(seenMs / DAY_MS)} of history are known, since ${formatHour(startMs)}; a window of ` +
        `${formatDays(windowMs / DAY_MS)} needs ${formatDays(minimumMs / DAY_MS)}. If telemetry keeps coming, ` +
        `that is reached on ${formatHour(history.asOfMs + minimumMs - seenMs)}.`,
    });
  } else if (history.knownHours * HOUR_MS < minimumMs / 2) {
    reasons.push({
      code: 'sparse_history',
      message:
        `Only ${formatCount(history.knownHours)} hours of ${formatDays(seenMs / DAY_MS)} of history are known; a ` +
        `window of ${formatDays(windowMs / DAY_MS)} needs ${formatCount(minimumMs / 2 / HOUR_MS)}. Check why ` +
        `telemetry is missing for the other hours.`,
    });
  }
  const { total } = sumWindow(history, startMs, history.asOfMs);
  if (total === 0) {
    reasons.push({
      code: 'no_requests',
      message:
        `Telemetry is known since ${formatHour(startMs)}, but not one request was seen. If the service is in use, ` +
        `check which of its metrics count its requests.`,
    });
  } else if (total < FEWEST_REQUESTS) {
    reasons.push({
      code: 'few_requests',
      message:
        `Only ${formatCount(total)} requests were seen since ${formatHour(startMs)}. With no failure at all, ` +
        `${FEWEST_REQUESTS} are needed to support even 90 % (rule of three). Wait for more, or send synthetic requests.`,
    });
  }
  return reasons;
}

function degradedReasons(history: SliHistory, windowMs: number): Reason[] {
  const reasons: Reason[] = [];
  const completeness = historyCompleteness(history);
  const fromMs = Math.max(
    history.asOfMs - windowMs,
    history.startMs + history.firstKnown * HOUR_MS,
  );
  const recent = sumWindow(history, fromMs, history.asOfMs);
  if (Math.min(completeness, recent.completeness) < WHOLE_ENOUGH) {
    reasons.push({
      code: 'gaps',
      message:
        `Counts are known for ${formatPercent(completeness)} of the hours of the history and for ` +
        `${formatPercent(recent.completeness)} of those of the last window, less than 95 %. Unknown hours are left ` +
        `out, not counted as good; check why telemetry is missing.`,
    });
  }
  const lastKnownMs = history.startMs + history.endKnown * HOUR_MS;
  const ageHours = (history.asOfMs - lastKnownMs) / HOUR_MS;
  if (ageHours > freshHours(windowMs)) {
    reasons.push({
      code: 'stale',
      message:
        `The newest counts end at ${formatHour(lastKnownMs)}, ${formatCount(ageHours)} hours before this analysis. ` +
        `Check that telemetry still arrives.`,
    });
  }
  if (recent.knownHours > 0 && recent.total === 0) {
    reasons.push({
      code: 'idle_window',
      message:
        `Not one request was seen in the last ${formatDays(windowMs / DAY_MS)}; what is said rests on older ` +
        `traffic. Check whether the service is still in use.`,
    });
  }
  return reasons;
}

/**
 * Judges a history before anything is computed from it.
 *
 * @param notices - reasons known from outside, such as a datasource that answered in part; they turn `ok` into
 *   `degraded` and are listed under every verdict.
 * @param defects - reasons known from outside why the counts cannot be believed, such as biased sampling; they turn
 *   every verdict into `invalid`.
 */
export function assessHistory(
  history: SliHistory,
  windowMs: number,
  notices: readonly Reason[] = [],
  defects: readonly Reason[] = [],
): Assessment {
  const invalid = [...invalidReasons(history), ...defects];
  if (invalid.length > 0) {
    return { verdict: 'invalid', reasons: [...invalid, ...notices] };
  }
  const insufficient = insufficientReasons(history, windowMs);
  if (insufficient.length > 0) {
    return { verdict: 'insufficient', reasons: [...insufficient, ...notices] };
  }
  const degraded = [...degradedReasons(history, windowMs), ...notices];
  return {
    verdict: degraded.length > 0 ? 'degraded' : 'ok',
    reasons: degraded,
  };
}
