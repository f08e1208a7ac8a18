import {
  allowedFailureRatio,
  OBJECTIVE_LADDER,
} from 'backstage-plugin-slo-recommender-engine';
import { badShare, countsByDay, isKnown, rankedValue, sumOf } from './days';
import { perService, point } from './Method';

const DAYS = 30;

/** What the last 30 days achieved is promised for the next window. */
export const lastAchieved = perService('last 30 days achieved', past => {
  const share = badShare(sumOf(countsByDay(past).slice(-DAYS)));
  return share === null ? null : point(share);
});

/** The availability that only the worst of the last 30 days were below is promised for the next window. */
export const dailyPercentile = (percent: number) =>
  perService(`daily percentile p${percent} of 30 days`, past => {
    const shares = countsByDay(past).slice(-DAYS).map(badShare).filter(isKnown);
    return shares.length === 0
      ? null
      : point(rankedValue(Float64Array.from(shares).sort(), 1 - percent / 100));
  });

/** The highest rung that the whole history reached. Below the lowest rung it has nothing to promise. */
export const flooredMean = perService('floor of the mean', past => {
  const share = badShare(sumOf(countsByDay(past)));
  const rung = OBJECTIVE_LADDER.findLast(
    objective => share !== null && share <= allowedFailureRatio(objective),
  );
  return rung === undefined ? null : point(allowedFailureRatio(rung));
});
