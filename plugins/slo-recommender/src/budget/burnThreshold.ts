import {
  type ErrorBudgetResponse,
  parseDuration,
} from 'backstage-plugin-slo-recommender-common';

const HOUR_MS = 3_600_000;

/**
 * Burn rates at which one is told, by the length of the window they are measured over (Google SRE Workbook, chapter 5:
 * page at 14.4 over an hour and 6 over six, ticket at 3 over a day and 1 over three).
 */
const thresholds = new Map<number, { rate: number; action: 'page' | 'ticket' }>(
  [
    [HOUR_MS, { rate: 14.4, action: 'page' }],
    [6 * HOUR_MS, { rate: 6, action: 'page' }],
    [24 * HOUR_MS, { rate: 3, action: 'ticket' }],
    [72 * HOUR_MS, { rate: 1, action: 'ticket' }],
  ],
);

export type BurnState = 'calm' | 'even' | 'elevated' | 'burning' | 'unknown';

interface BurnReading {
  /** ISO 8601 duration. */
  window: string;
  /** Null where the requests are unknown or none. */
  rate: number | null;
  /** Null where no threshold is customary for the window. */
  threshold: { rate: number; action: 'page' | 'ticket' } | null;
  /** burning: at the threshold or above. elevated: faster than even spending. even: at its pace to a tenth. */
  state: BurnState;
}

function judge(rate: number | null, threshold: number | undefined): BurnState {
  if (rate === null) return 'unknown';
  if (threshold !== undefined && rate >= threshold) return 'burning';
  if (Number(rate.toFixed(1)) === 1) return 'even';
  return rate > 1 ? 'elevated' : 'calm';
}

export function readBurnRate({
  window,
  rate,
}: ErrorBudgetResponse['burnRates'][number]): BurnReading {
  const windowMs = parseDuration(window);
  const threshold =
    windowMs === undefined ? null : (thresholds.get(windowMs) ?? null);
  return { window, rate, threshold, state: judge(rate, threshold?.rate) };
}
