import { DAY_MS, HOUR_MS, sumWindow, type SliHistory } from '../sli';
import { burnRate } from './burnRates';

/**
 * When the budget is gone: for one that is gone already the end of the hour in which it went, for the others the
 * instant at which the failures of the last day, going on as they did, will have used up the rest. Null where that
 * is more than one window ahead, nothing failed in the last day, or nothing is known of it.
 */
export function findExhaustion(
  history: SliHistory,
  slo: { windowMs: number; objective: number },
): number | null {
  const { asOfMs } = history;
  const startMs = asOfMs - slo.windowMs;
  const { total, bad } = sumWindow(history, startMs, asOfMs);
  const spent = burnRate(bad, total, slo.objective);
  if (spent >= 1) {
    return findHourOfExhaustion(history, slo, total);
  }
  const lastDay = sumWindow(history, asOfMs - DAY_MS, asOfMs);
  if (lastDay.bad === 0) {
    return null;
  }
  const spentPerHour =
    burnRate(lastDay.bad, total, slo.objective) / lastDay.knownHours;
  const aheadMs = Math.round(((1 - spent) / spentPerHour) * HOUR_MS);
  return aheadMs <= slo.windowMs ? asOfMs + aheadMs : null;
}

function findHourOfExhaustion(
  history: SliHistory,
  slo: { windowMs: number; objective: number },
  total: number,
): number {
  let hourMs = history.asOfMs - slo.windowMs;
  let bad = 0;
  while (hourMs < history.asOfMs && burnRate(bad, total, slo.objective) < 1) {
    bad += sumWindow(history, hourMs, hourMs + HOUR_MS).bad;
    hourMs += HOUR_MS;
  }
  return hourMs;
}
