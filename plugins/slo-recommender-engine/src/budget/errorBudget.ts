import {
  allowedFailureRatio,
  historyAsOf,
  requireObjective,
  requireWindow,
  sumWindow,
  type CountSeries,
  type SloPolicy,
} from '../sli';
import { burnDownOf, type BurnDownPoint } from './burnDown';
import { burnRate, burnRatesOf, type BurnRate } from './burnRates';
import { findExhaustion } from './exhaustion';
import { pastWindowsOf, type PastWindow } from './pastWindows';

export interface ErrorBudgetInput extends SloPolicy {
  series: CountSeries;
  /** Instant of the analysis, floored to the hour; nothing at or after it is seen. */
  asOfMs: number;
  /** A fraction in (0, 1). */
  objective: number;
}

/** The budget of the window that ends at the analysis. What is not known is null. */
export interface ErrorBudget {
  totalRequests: number | null;
  badRequests: number | null;
  /** (1 − T)·total: requests that may fail. */
  budgetRequests: number | null;
  /** (1 − T)·window: the same as minutes of full outage. */
  budgetMinutes: number;
  /** Share of the budget used up, above 1 when overspent. */
  spent: number | null;
  /** 1 − spent. */
  remaining: number | null;
  /** Share in [0, 1] of the window's hours that is known. */
  completeness: number;
  burnRates: BurnRate[];
  /** When the budget went or will go at the pace of the last day; null beyond one window, and if unknown. */
  exhaustedAtMs: number | null;
  burnDown: BurnDownPoint[];
  pastWindows: PastWindow[];
}

/**
 * The error budget of an objective: sums over the known hours of the window, never averages of ratios. Impossible
 * counts are unknown here; `assessHistory` names them.
 *
 * Throws an EngineInputError, which names the input and the remedy, for arrays of different lengths, a series not
 * aligned to hours, a window that is not of 1 to 90 whole days, an instant outside of 1970 to 9999, and an objective
 * outside of (0, 1).
 */
export function errorBudget(input: ErrorBudgetInput): ErrorBudget {
  const { windowMs, objective } = input;
  requireWindow(windowMs);
  requireObjective('objective', objective);
  const history = historyAsOf(input.series, input.asOfMs);
  const slo = { windowMs, objective };
  const allowed = allowedFailureRatio(objective);
  const window = sumWindow(history, history.asOfMs - windowMs, history.asOfMs);
  const known = window.knownHours > 0;
  const spent = burnRate(window.bad, window.total, objective);
  return {
    totalRequests: known ? window.total : null,
    badRequests: known ? window.bad : null,
    budgetRequests: known ? allowed * window.total : null,
    budgetMinutes: (allowed * windowMs) / 60_000,
    spent: known ? spent : null,
    remaining: known ? 1 - spent : null,
    completeness: window.completeness,
    burnRates: burnRatesOf(history, slo),
    exhaustedAtMs: findExhaustion(history, slo),
    burnDown: burnDownOf(history, slo),
    pastWindows: pastWindowsOf(history, slo),
  };
}
