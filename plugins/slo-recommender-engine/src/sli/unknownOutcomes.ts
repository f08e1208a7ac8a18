import type { SliHistory } from './SliHistory';
import { allowedFailureRatio, OBJECTIVE_LADDER } from './objective';
import { HOUR_MS } from './time';
import { sumWindow } from './windowSum';

/** Requests of the last window whose outcome cannot be read. */
export interface UnknownOutcomes {
  windowMs: number;
  requests: number;
  /** Share in [0, 1] of them of all requests of the window. */
  share: number;
  /** Good share of all requests if every one of them failed: at least so many succeeded. */
  leastRatio: number;
}

/**
 * From this share on, what the others show is no longer nearly everything. An objective that leaves less room is judged by
 * its own budget, see {@link exceedsBudget}.
 */
const NOTABLE_SHARE = 0.01;

/**
 * From this share on no objective can be told: if so many failed, even the lowest that may be recommended would be broken,
 * and nothing shows that they did not. What loses its outcome is no fair sample either: overflow series take what comes
 * late and is rare, as failures are, and answers that never came have no code.
 */
const UNREADABLE_SHARE = allowedFailureRatio(OBJECTIVE_LADDER[0]);

/** Undefined if every outcome of the window is known. */
export function findUnknownOutcomes(
  history: SliHistory,
  windowMs: number,
): UnknownOutcomes | undefined {
  const { unknown } = history;
  if (!unknown) return undefined;
  const fromMs = history.asOfMs - windowMs;
  const from = Math.max(0, (fromMs - history.startMs) / HOUR_MS);
  let requests = 0;
  for (let hour = from; hour < unknown.length; hour++) {
    // what cannot be a count is none
    if (unknown[hour] > 0 && Number.isFinite(unknown[hour])) {
      requests += unknown[hour];
    }
  }
  if (requests === 0) return undefined;
  const { total, bad } = sumWindow(history, fromMs, history.asOfMs);
  return {
    windowMs,
    requests,
    share: requests / (total + requests),
    leastRatio: (total - bad) / (total + requests),
  };
}

/** Whether so many outcomes are unknown that the others cannot carry a number. */
export function isUnreadable({ share }: UnknownOutcomes): boolean {
  return share >= UNREADABLE_SHARE;
}

/** Whether so many outcomes are unknown that every number has a caveat. */
export function isNotable({ share }: UnknownOutcomes): boolean {
  return share >= NOTABLE_SHARE;
}

/** Whether the unknown outcomes alone, had all of them failed, would spend more than the budget of an objective. */
export function exceedsBudget(
  { share }: UnknownOutcomes,
  objective: number,
): boolean {
  return share > allowedFailureRatio(objective);
}
