import { DAY_MS, HOUR_MS, type SliHistory } from '../sli';
import { medianOf } from './median';

/** The days of a history that can be judged, oldest first; element i of each array is one of them. */
export interface DailyLevels {
  /** Start of day 0 in UTC. */
  startMs: number;
  /** Days since `startMs`, rising; days that are not known are left out. */
  day: Int32Array;
  total: Float64Array;
  bad: Float64Array;
  /** Log-odds of failing, ln(bad / good), drawn towards the usual level where requests are few. */
  level: Float64Array;
}

/** Fewest known hours of a day that is judged. */
const LEAST_HOURS = 12;

/** What is added to the failures of each day, so that a day without any has log-odds (Haldane 1956, Anscombe 1956). */
export const CORRECTION = 0.5;

/**
 * Log-odds of failing per day.
 *
 * The continuity correction adds half a failure and as many good requests as usually come with it. So a day with many
 * requests and no failure is a good day, and a day with few requests says little: it lies near the usual level
 * whatever its traffic.
 */
export function dailyLevels(history: SliHistory): DailyLevels {
  const { total: requests, bad: failures } = history;
  const startMs = Math.floor(history.startMs / DAY_MS) * DAY_MS;
  const lead = (history.startMs - startMs) / HOUR_MS;
  const days = Math.ceil((lead + requests.length) / 24);
  const day = new Int32Array(days);
  const total = new Float64Array(days);
  const bad = new Float64Array(days);
  let count = 0;
  for (let d = 0; d < days; d++) {
    const end = Math.min(requests.length, (d + 1) * 24 - lead);
    let known = 0;
    let all = 0;
    let failed = 0;
    for (let hour = Math.max(0, d * 24 - lead); hour < end; hour++) {
      if (!Number.isNaN(requests[hour])) {
        known++;
        all += requests[hour];
        failed += failures[hour];
      }
    }
    if (known >= LEAST_HOURS && all > 0) {
      day[count] = d;
      total[count] = all;
      bad[count] = failed;
      count++;
    }
  }
  const known = {
    startMs,
    day: day.subarray(0, count),
    total: total.subarray(0, count),
    bad: bad.subarray(0, count),
  };
  return { ...known, level: logOdds(known.total, known.bad) };
}

function logOdds(total: Float64Array, bad: Float64Array): Float64Array {
  const level = new Float64Array(total.length);
  if (total.length === 0) {
    return level;
  }
  const correct = (usualOdds: number) => {
    for (let i = 0; i < total.length; i++) {
      const good = total[i] - bad[i];
      level[i] = Math.log(
        (bad[i] + CORRECTION) / (good + CORRECTION / usualOdds),
      );
    }
  };
  const sum = (counts: Float64Array) => counts.reduce((a, b) => a + b, 0);
  const allBad = sum(bad);
  correct((allBad + CORRECTION) / (sum(total) - allBad + CORRECTION));
  // the sum is ruled by incidents, so that the usual level is taken from the days
  correct(Math.exp(medianOf(level, 0, level.length)));
  return level;
}
