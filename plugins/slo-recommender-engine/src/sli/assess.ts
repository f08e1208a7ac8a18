import {
  historyCompleteness,
  type CountFault,
  type SliHistory,
} from './SliHistory';
import { findStuckAtZero, type StuckAtZero } from './stuckAtZero';
import { DAY_MS, HOUR_MS } from './time';
import {
  findUnknownOutcomes,
  isNotable,
  isUnreadable,
  type UnknownOutcomes,
} from './unknownOutcomes';
import { sumWindow } from './windowSum';

/**
 * What may be said of an SLI, before any number: `ok`, `degraded` (numbers with a caveat), `insufficient` (not enough
 * seen to recommend anything), `invalid` (what was seen cannot be right).
 */
export type Verdict = 'ok' | 'degraded' | 'insufficient' | 'invalid';

/** Why the counts of an SLI can carry no number, or only with a caveat: a code and the facts it is judged by. */
export type CountReason =
  | CountFault
  | ({ code: 'stuck_at_zero' } & StuckAtZero)
  | ({ code: 'unknown_outcomes' } & UnknownOutcomes)
  | { code: 'no_telemetry' }
  | {
      code: 'short_history';
      sinceMs: number;
      seenMs: number;
      windowMs: number;
      neededMs: number;
      /** When there will be enough if telemetry keeps coming. */
      reachedAtMs: number;
    }
  | {
      code: 'sparse_history';
      knownHours: number;
      seenMs: number;
      windowMs: number;
      neededHours: number;
    }
  | { code: 'no_requests'; sinceMs: number }
  | {
      code: 'few_requests';
      requests: number;
      sinceMs: number;
      neededRequests: number;
    }
  | {
      code: 'gaps';
      /** Share of known hours, of the history and of the last window. */
      completeness: number;
      recentCompleteness: number;
      neededCompleteness: number;
    }
  | { code: 'stale'; newestMs: number; ageHours: number }
  | { code: 'idle_window'; windowMs: number };

/** From outside the counts, such as a datasource that answered in part: passed on as it was given. */
export interface ReportedReason {
  code: 'reported';
  report: { code: string; message: string };
  /** True if it says why there is no telemetry at all, so that nothing needs to be guessed about that. */
  explainsAbsence?: boolean;
}

export interface Assessment {
  verdict: Verdict;
  /** Empty only where all is well. */
  reasons: (CountReason | ReportedReason)[];
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

/** Share of the hours with counts that may be impossible before the others are not believed either. */
const MOSTLY_IMPOSSIBLE = 2 / 3;

/** Whether so many hours have counts that cannot be that nothing is believed of the SLI. */
export function isMostlyImpossible({
  faults,
  knownHours,
}: SliHistory): boolean {
  const impossible = faults.reduce((sum, { hours }) => sum + hours, 0);
  return impossible > MOSTLY_IMPOSSIBLE * (impossible + knownHours);
}

function invalidReasons(history: SliHistory, windowMs: number): CountReason[] {
  const stuck = findStuckAtZero(history);
  const unknown = findUnknownOutcomes(history, windowMs);
  return [
    ...(isMostlyImpossible(history) ? history.faults : []),
    ...(stuck ? [{ code: 'stuck_at_zero' as const, ...stuck }] : []),
    ...(unknown && isUnreadable(unknown)
      ? [{ code: 'unknown_outcomes' as const, ...unknown }]
      : []),
  ];
}

function insufficientReasons(
  history: SliHistory,
  windowMs: number,
): CountReason[] {
  if (history.knownHours === 0) {
    return [{ code: 'no_telemetry' }];
  }
  const reasons: CountReason[] = [];
  const sinceMs = history.startMs + history.firstKnown * HOUR_MS;
  const seenMs = (history.endKnown - history.firstKnown) * HOUR_MS;
  const neededMs = minimumHistoryMs(windowMs);
  if (!isLongEnough(seenMs, windowMs)) {
    reasons.push({
      code: 'short_history',
      sinceMs,
      seenMs,
      windowMs,
      neededMs,
      reachedAtMs: history.asOfMs + neededMs - seenMs,
    });
  } else if (history.knownHours * HOUR_MS < neededMs / 2) {
    reasons.push({
      code: 'sparse_history',
      knownHours: history.knownHours,
      seenMs,
      windowMs,
      neededHours: neededMs / 2 / HOUR_MS,
    });
  }
  const { total } = sumWindow(history, sinceMs, history.asOfMs);
  if (total === 0) {
    reasons.push({ code: 'no_requests', sinceMs });
  } else if (total < FEWEST_REQUESTS) {
    reasons.push({
      code: 'few_requests',
      requests: total,
      sinceMs,
      neededRequests: FEWEST_REQUESTS,
    });
  }
  return reasons;
}

function degradedReasons(history: SliHistory, windowMs: number): CountReason[] {
  const reasons: CountReason[] = [...history.faults];
  const completeness = historyCompleteness(history);
  const fromMs = Math.max(
    history.asOfMs - windowMs,
    history.startMs + history.firstKnown * HOUR_MS,
  );
  const recent = sumWindow(history, fromMs, history.asOfMs);
  if (Math.min(completeness, recent.completeness) < WHOLE_ENOUGH) {
    reasons.push({
      code: 'gaps',
      completeness,
      recentCompleteness: recent.completeness,
      neededCompleteness: WHOLE_ENOUGH,
    });
  }
  const unknown = findUnknownOutcomes(history, windowMs);
  if (unknown && isNotable(unknown)) {
    reasons.push({ code: 'unknown_outcomes', ...unknown });
  }
  const newestMs = history.startMs + history.endKnown * HOUR_MS;
  const ageHours = (history.asOfMs - newestMs) / HOUR_MS;
  if (ageHours > freshHours(windowMs)) {
    reasons.push({ code: 'stale', newestMs, ageHours });
  }
  if (recent.knownHours > 0 && recent.total === 0) {
    reasons.push({ code: 'idle_window', windowMs });
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
  notices: readonly ReportedReason[] = [],
  defects: readonly ReportedReason[] = [],
): Assessment {
  const invalid = [...invalidReasons(history, windowMs), ...defects];
  if (invalid.length > 0) {
    return { verdict: 'invalid', reasons: [...invalid, ...notices] };
  }
  const insufficient = insufficientReasons(history, windowMs);
  if (insufficient.length > 0) {
    const isExplained = notices.some(({ explainsAbsence }) => explainsAbsence);
    return {
      verdict: 'insufficient',
      reasons: [
        ...history.faults,
        ...insufficient.filter(
          ({ code }) => code !== 'no_telemetry' || !isExplained,
        ),
        ...notices,
      ],
    };
  }
  const degraded = [...degradedReasons(history, windowMs), ...notices];
  return {
    verdict: degraded.length > 0 ? 'degraded' : 'ok',
    reasons: degraded,
  };
}
