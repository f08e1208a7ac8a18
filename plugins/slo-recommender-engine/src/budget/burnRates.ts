import {
  allowedFailureRatio,
  DAY_MS,
  HOUR_MS,
  sumWindow,
  type SliHistory,
} from '../sli';

export interface BurnRate {
  windowMs: number;
  /** At 1 the budget lasts exactly one objective window. Null where the requests of this window are unknown or none. */
  rate: number | null;
}

/** The windows that multi-window alerts look at. */
const BURN_RATE_WINDOWS_MS = [HOUR_MS, 6 * HOUR_MS, DAY_MS, 3 * DAY_MS];

/**
 * (bad / total) / (1 − T): how many times faster failures come than the objective allows (SRE Workbook, chapter 5).
 * Of a whole objective window it is the share of its budget that is spent. 0 where nothing failed, also of nothing.
 */
export function burnRate(
  bad: number,
  total: number,
  objective: number,
): number {
  return bad > 0 ? bad / total / allowedFailureRatio(objective) : 0;
}

/** Burn rates that end at the analysis, over 1 h, 6 h, 1 d and 3 d, as far as the objective window is that long. */
export function burnRatesOf(
  history: SliHistory,
  slo: { windowMs: number; objective: number },
): BurnRate[] {
  return BURN_RATE_WINDOWS_MS.filter(windowMs => windowMs <= slo.windowMs).map(
    windowMs => {
      const { asOfMs } = history;
      const { total, bad } = sumWindow(history, asOfMs - windowMs, asOfMs);
      const rate = total > 0 ? burnRate(bad, total, slo.objective) : null;
      return { windowMs, rate };
    },
  );
}
