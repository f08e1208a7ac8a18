import {
  blockShape,
  FEWEST_DAYS,
  firstSteps,
  predictFromSteps,
  probabilityWithin,
  quantileOf,
  sumSteps,
  type Distribution,
  type StepSums,
} from '../predict';
import {
  allowedFailureRatio,
  DAY_MS,
  HOUR_MS,
  isLongEnough,
  LEAST_COMPLETENESS,
  OBJECTIVE_LADDER,
  type SliHistory,
} from '../sli';

/** Probabilities at which the quantiles of a past prediction are kept. */
export const QUANTILE_LEVELS: readonly number[] = [
  0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999,
];

/**
 * A past window as it was predicted from what was known before it began, and what came. Its lists are plain ones: a
 * fleet has half a million of them, and a typed array takes several times as much memory as a dozen numbers.
 */
export interface PastForecast {
  /** Start of the window, on a full hour: the prediction knew nothing of it or later. */
  originMs: number;
  /** End of the window. */
  toMs: number;
  /** What came: requests and failures of the window. */
  requests: number;
  bad: number;
  /** Days of history that the prediction had. */
  historyDays: number;
  /** Requests of a window as long, at the traffic before it. */
  usualRequests: number;
  /** Good requests seen before it. */
  goodRequests: number;
  /** Probability integral transform, in [0, 1]: the predicted probability of at most as many failures as came. */
  pit: number;
  /** Predicted P(meet) at the rungs of the ladder. */
  attainments: number[];
  /** Predicted unavailability at QUANTILE_LEVELS. */
  quantiles: number[];
}

/** Most windows that are looked back on. */
const MOST_WINDOWS = 12;

/** Windows drawn per past prediction: many predictions are judged together, so that each may be rougher. */
const REPLICATES = 256;

/** Time from the start of one past window to the start of the next: a quarter of a window, in whole days. */
export function replayStepMs(windowMs: number): number {
  return Math.max(1, Math.floor(windowMs / DAY_MS / 4)) * DAY_MS;
}

/**
 * Predicts past windows with a rolling origin (Tashman 2000), newest last: each from what was known before it began,
 * with the same method as the next one. Windows of which less than half is known, or without requests, are left out.
 */
export function replay(
  history: SliHistory,
  options: { windowMs: number; seed?: number },
): PastForecast[] {
  const { windowMs, seed } = options;
  if (history.knownHours === 0) {
    return [];
  }
  const endHour = (history.asOfMs - history.startMs) / HOUR_MS;
  const days = sumSteps(history, 24, history.firstKnown, endHour);
  const dayCount = days.good.length;
  const windowDays = windowMs / DAY_MS;
  const stepDays = replayStepMs(windowMs) / DAY_MS;
  const past: PastForecast[] = [];
  for (let back = 0; back < MOST_WINDOWS; back++) {
    const toDay = dayCount - back * stepDays;
    const originDay = toDay - windowDays;
    const originHour = endHour - (dayCount - originDay) * 24;
    if (
      originDay < 1 ||
      !isLongEnough((originHour - history.firstKnown) * HOUR_MS, windowMs)
    ) {
      break;
    }
    const came = sumDays(days, originDay, toDay);
    if (
      came.requests === 0 ||
      came.knownHours < windowDays * 24 * LEAST_COMPLETENESS
    ) {
      continue;
    }
    const steps =
      originDay >= FEWEST_DAYS
        ? firstSteps(days, originDay)
        : sumSteps(history, 1, history.firstKnown, originHour);
    const shape = blockShape(steps.good.length * steps.stepHours, windowMs);
    const distribution = predictFromSteps(steps, shape, {
      windowMs,
      seed,
      replicates: REPLICATES,
    });
    if (!distribution) {
      continue;
    }
    const before = sumDays(days, 0, originDay);
    past.push({
      originMs: history.startMs + originHour * HOUR_MS,
      toMs: history.asOfMs - back * stepDays * DAY_MS,
      requests: came.requests,
      bad: came.bad,
      historyDays: (originHour - history.firstKnown) / 24,
      usualRequests:
        before.knownHours > 0
          ? (before.requests / before.knownHours) * windowDays * 24
          : 0,
      goodRequests: before.requests - before.bad,
      pit: probabilityWithin(distribution, came.bad / came.requests),
      attainments: attainmentsOf(distribution),
      quantiles: quantilesOf(distribution),
    });
  }
  return past.reverse();
}

/** Objectives met exactly are met. */
const ALLOWED = OBJECTIVE_LADDER.map(
  objective => allowedFailureRatio(objective) * (1 + 1e-9),
);

function attainmentsOf(distribution: Distribution): number[] {
  return ALLOWED.map(allowed => probabilityWithin(distribution, allowed));
}

function quantilesOf(distribution: Distribution): number[] {
  return QUANTILE_LEVELS.map(level => quantileOf(distribution, level));
}

function sumDays(days: StepSums, from: number, to: number) {
  const sum = { requests: 0, bad: 0, knownHours: 0 };
  for (let day = from; day < to; day++) {
    sum.requests += days.good[day] + days.bad[day];
    sum.bad += days.bad[day];
    sum.knownHours += days.knownHours[day];
  }
  return sum;
}
