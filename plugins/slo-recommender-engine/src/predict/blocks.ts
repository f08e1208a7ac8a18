import { DAY_MS, HOUR_MS, type SliHistory } from '../sli';

/** How a history is cut into blocks that are drawn with replacement to make up a window. */
export interface BlockShape {
  /** Hours from the start of one block to the start of the next; blocks may overlap. */
  stepHours: number;
  /** Hours of a block, a multiple of the step. */
  lengthHours: number;
  /** Number of blocks, one from each step of the history, counted back from its newest known hour. */
  steps: number;
}

/** Sums over the known hours of each block: element i is of the block that starts at step i, oldest first. */
export interface Blocks {
  good: Float64Array;
  bad: Float64Array;
  knownHours: Float64Array;
}

/**
 * Blocks of whole days keep the daily shape; longer ones keep an incident of days in one piece. They are about a
 * fourteenth of the window or of the history, whichever is less, and at most a week: a window of 28 days is put
 * together from 14 blocks of 2 days once 28 days are known. In less than 7 days of history it is 6 hours, from any
 * hour on.
 */
export function blockShape(history: SliHistory, windowMs: number): BlockShape {
  const hours = history.endKnown - history.firstKnown;
  const days = Math.floor((hours * HOUR_MS) / DAY_MS);
  if (days < 7) {
    return { stepHours: 1, lengthHours: Math.min(6, hours), steps: hours };
  }
  const daysInWindow = windowMs / DAY_MS;
  const lengthDays = Math.max(
    1,
    Math.min(7, Math.floor(days / 14), Math.round(daysInWindow / 14)),
  );
  return { stepHours: 24, lengthHours: 24 * lengthDays, steps: days };
}

/**
 * Sums of the `lengthHours` from each step on, oldest first. The history is closed to a ring, so that its first and
 * last hours are drawn as often as those between. Unknown hours add nothing: neither good nor bad.
 */
export function blocksOf(
  history: SliHistory,
  shape: BlockShape,
  lengthHours: number = shape.lengthHours,
): Blocks {
  const steps = sumSteps(history, shape);
  const blocks = emptyBlocks(shape.steps);
  const stepsInBlock = lengthHours / shape.stepHours;
  for (let start = 0; start < shape.steps; start++) {
    for (let offset = 0; offset < stepsInBlock; offset++) {
      const step = (start + offset) % shape.steps;
      blocks.good[start] += steps.good[step];
      blocks.bad[start] += steps.bad[step];
      blocks.knownHours[start] += steps.knownHours[step];
    }
  }
  return blocks;
}

function sumSteps(history: SliHistory, shape: BlockShape): Blocks {
  const sums = emptyBlocks(shape.steps);
  const first = history.endKnown - shape.steps * shape.stepHours;
  for (let i = first; i < history.endKnown; i++) {
    if (!Number.isNaN(history.total[i])) {
      const step = Math.floor((i - first) / shape.stepHours);
      sums.good[step] += history.total[i] - history.bad[i];
      sums.bad[step] += history.bad[i];
      sums.knownHours[step]++;
    }
  }
  return sums;
}

function emptyBlocks(count: number): Blocks {
  return {
    good: new Float64Array(count),
    bad: new Float64Array(count),
    knownHours: new Float64Array(count),
  };
}
