import { DAY_MS, HOUR_MS, type SliHistory } from '../sli';

/** Counts summed over steps of equal length, oldest first. Unknown hours add nothing: neither good nor bad. */
export interface StepSums {
  stepHours: number;
  good: Float64Array;
  bad: Float64Array;
  knownHours: Float64Array;
}

/** How a history is cut into blocks that are drawn with replacement to make up a window. */
export interface BlockShape {
  /** Hours from the start of one block to the start of the next; blocks may overlap. */
  stepHours: number;
  /** Hours of a block, a multiple of the step. */
  lengthHours: number;
  /** Number of blocks, one from each step of the history. */
  steps: number;
}

/** Sums over the known hours of each block: element i is of the block that starts at step i, oldest first. */
export interface Blocks {
  good: Float64Array;
  bad: Float64Array;
  knownHours: Float64Array;
}

/** Days of history below which blocks are of hours. */
export const FEWEST_DAYS = 7;

/** Blocks that make up a window, at most: longer windows are made of longer blocks. */
const BLOCKS_PER_WINDOW = 28;

/**
 * Blocks of a day keep the daily shape; windows beyond 28 days are made of longer ones. They are as long for a short
 * history as for a long one, so that predictions from both err alike. In less than 7 days of history it is 6 hours,
 * from any hour on. Blocks always make up a window exactly.
 */
export function blockShape(historyHours: number, windowMs: number): BlockShape {
  const days = Math.floor((historyHours * HOUR_MS) / DAY_MS);
  if (days < FEWEST_DAYS) {
    return {
      stepHours: 1,
      lengthHours: historyHours < 6 ? 1 : 6,
      steps: historyHours,
    };
  }
  const daysInWindow = windowMs / DAY_MS;
  let lengthDays = Math.max(1, Math.floor(daysInWindow / BLOCKS_PER_WINDOW));
  while (daysInWindow % lengthDays !== 0) {
    lengthDays--;
  }
  return { stepHours: 24, lengthHours: 24 * lengthDays, steps: days };
}

/** Sums the hours in [fromHour, toHour) of the history to whole steps, counted back from `toHour`. */
export function sumSteps(
  history: SliHistory,
  stepHours: number,
  fromHour: number,
  toHour: number,
): StepSums {
  const count = Math.floor((toHour - fromHour) / stepHours);
  const sums = {
    stepHours,
    good: new Float64Array(count),
    bad: new Float64Array(count),
    knownHours: new Float64Array(count),
  };
  const { total, bad } = history;
  let i = toHour - count * stepHours;
  for (let step = 0; step < count; step++) {
    let good = 0;
    let failed = 0;
    let known = 0;
    for (const end = i + stepHours; i < end; i++) {
      // hours after the last one are unknown, like those that are NaN
      if (i < total.length && total[i] >= 0) {
        good += total[i] - bad[i];
        failed += bad[i];
        known++;
      }
    }
    sums.good[step] = good;
    sums.bad[step] = failed;
    sums.knownHours[step] = known;
  }
  return sums;
}

/** The first `count` steps. */
export function firstSteps(sums: StepSums, count: number): StepSums {
  return {
    stepHours: sums.stepHours,
    good: sums.good.subarray(0, count),
    bad: sums.bad.subarray(0, count),
    knownHours: sums.knownHours.subarray(0, count),
  };
}

/**
 * Sums of `stepsPerBlock` steps from each step on, oldest first. The history is closed to a ring, so that its first
 * and last hours are drawn as often as those between.
 */
export function blocksOf(steps: StepSums, stepsPerBlock: number): Blocks {
  if (stepsPerBlock === 1) {
    return steps;
  }
  const count = steps.good.length;
  const blocks = {
    good: steps.good.slice(),
    bad: steps.bad.slice(),
    knownHours: steps.knownHours.slice(),
  };
  for (let offset = 1; offset < stepsPerBlock; offset++) {
    for (let start = 0; start < count; start++) {
      const step = (start + offset) % count;
      blocks.good[start] += steps.good[step];
      blocks.bad[start] += steps.bad[step];
      blocks.knownHours[start] += steps.knownHours[step];
    }
  }
  return blocks;
}
