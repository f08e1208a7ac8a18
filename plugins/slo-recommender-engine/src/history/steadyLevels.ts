import { CORRECTION, type DailyLevels } from './dailyLevels';
import { medianOf, runningMedian } from './median';

/** The same days without what comes and goes: the rhythm of the week, and incidents. */
export interface SteadyLevels extends DailyLevels {
  /** How much a day says: the inverse of the variance that noise and the number of its requests give its level. */
  weight: Float64Array;
  /** 1 for days that are far worse than those around them. */
  incident: Uint8Array;
}

/** Days of the running median. It follows what lasts for 7 of them, and knows nothing of less. */
const WIDTH = 13;

/** Levels further from the running median than this many standard deviations are cut to it. */
const CUT = 2;

/** Ratio of standard deviation to median absolute deviation of normal values. */
const NORMAL_MAD = 1.4826;

/** Least standard deviation and variance of the noise: smoother than this is rounding. */
const LEAST_SPREAD = 0.1;
const LEAST_VARIANCE = 0.03;

/** Fewest weeks that show a rhythm. */
const LEAST_WEEKS = 4;

export function steadyLevels(days: DailyLevels): SteadyLevels {
  const count = days.level.length;
  const usual = runningMedian(days.level, WIDTH);
  const level = withoutWeek(days, usual);
  const spread = spreadAround(usual, level);
  const incident = new Uint8Array(count);
  const weight = new Float64Array(count);
  let bySampling = 0;
  for (let i = 0; i < count; i++) {
    const high = usual[i] + CUT * spread;
    incident[i] = level[i] > high ? 1 : 0;
    level[i] = Math.min(high, Math.max(usual[i] - CUT * spread, level[i]));
    // of the logarithm of a Poisson count, at the usual level so that good days do not weigh less
    const failures = days.total[i] / (1 + Math.exp(-usual[i]));
    weight[i] = 1 / (failures + CORRECTION);
    bySampling += weight[i] / count;
  }
  const noise = Math.max(LEAST_VARIANCE, spread * spread - bySampling);
  for (let i = 0; i < count; i++) {
    weight[i] = 1 / (noise + weight[i]);
  }
  return { ...days, level, weight, incident };
}

function spreadAround(usual: Float64Array, level: Float64Array): number {
  const distance = new Float64Array(level.length);
  for (let i = 0; i < level.length; i++) {
    distance[i] = Math.abs(level[i] - usual[i]);
  }
  const median = medianOf(distance, 0, distance.length);
  return Math.max(LEAST_SPREAD, NORMAL_MAD * median);
}

/**
 * A copy of the levels without what is peculiar to each day of the week. The seven medians are shrunk by as much as
 * chance alone would make them differ (James and Stein 1961), to nothing where there is no rhythm.
 */
function withoutWeek(
  { day, level }: DailyLevels,
  usual: Float64Array,
): Float64Array {
  const count = level.length;
  const result = level.slice();
  if (count < 7 * LEAST_WEEKS) {
    return result;
  }
  const effects = new Float64Array(7);
  const own = new Float64Array(count);
  let meanSquare = 0;
  for (let weekday = 0; weekday < 7; weekday++) {
    let found = 0;
    for (let i = 0; i < count; i++) {
      if (day[i] % 7 === weekday) {
        own[found++] = level[i] - usual[i];
      }
    }
    if (found < LEAST_WEEKS) {
      return result;
    }
    effects[weekday] = medianOf(own, 0, found);
    meanSquare += effects[weekday] ** 2 / 7;
  }
  // variance of a median of normal values: π/2 times that of their mean
  const byChance =
    ((Math.PI / 2) * spreadAround(usual, level) ** 2) / (count / 7);
  const share = meanSquare > byChance ? 1 - byChance / meanSquare : 0;
  for (let i = 0; i < count; i++) {
    result[i] -= share * effects[day[i] % 7];
  }
  return result;
}
