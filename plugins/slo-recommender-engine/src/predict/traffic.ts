import { DAY_MS, HOUR_MS, type SliHistory } from '../sli';

const HOURS_PER_WEEK = 168;

/** Weeks that the traffic of the next window is forecast from. */
const WEEKS = 4;

/**
 * Requests expected in the next window: each of its hours as the same hour of the week was on average in the last four
 * weeks, or, where that hour was never known, as the mean hour of them. A seasonal mean forecast (Hyndman and
 * Athanasopoulos, Forecasting: Principles and Practice, 5.2). Older traffic stands in where the weeks were idle or
 * unknown; 0 where none ever was.
 */
export function expectedRequests(
  history: SliHistory,
  windowMs: number,
): number {
  const recent = Math.max(
    0,
    history.total.length - (WEEKS * 7 * DAY_MS) / HOUR_MS,
  );
  return forecast(history, recent, windowMs) || forecast(history, 0, windowMs);
}

function forecast(history: SliHistory, from: number, windowMs: number): number {
  const sums = new Float64Array(HOURS_PER_WEEK);
  const known = new Float64Array(HOURS_PER_WEEK);
  const firstHour = history.startMs / HOUR_MS;
  let allSum = 0;
  let allKnown = 0;
  for (let i = from; i < history.total.length; i++) {
    const requests = history.total[i];
    if (!Number.isNaN(requests)) {
      const hour = (firstHour + i) % HOURS_PER_WEEK;
      sums[hour] += requests;
      known[hour]++;
      allSum += requests;
      allKnown++;
    }
  }
  if (allKnown === 0) {
    return 0;
  }
  const mean = allSum / allKnown;
  const windowHours = windowMs / HOUR_MS;
  const wholeWeeks = Math.floor(windowHours / HOURS_PER_WEEK);
  const next = history.asOfMs / HOUR_MS;
  let requests = 0;
  for (let offset = 0; offset < HOURS_PER_WEEK; offset++) {
    const times =
      wholeWeeks + (offset < windowHours - wholeWeeks * HOURS_PER_WEEK ? 1 : 0);
    const hour = (next + offset) % HOURS_PER_WEEK;
    requests += times * (known[hour] > 0 ? sums[hour] / known[hour] : mean);
  }
  return requests;
}
