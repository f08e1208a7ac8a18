import { allowedFailureRatio } from 'backstage-plugin-slo-recommender-engine';
import { median } from '../../report/figures';
import {
  brierScore,
  isCovered,
  isVacuous,
  type Judged,
  LEVELS,
  pinballLoss,
  probabilityReached,
  quantileAt,
  realised,
  rungAt,
} from './judge';

/** How the forecasts of one method turned out. Shares and probabilities are in [0, 1]. */
export interface Summary {
  forecasts: number;
  /** Share of windows within the quantile, one per level. */
  coverage: number[];
  /** Median ratio of the 90 % quantile to the share of bad requests that came. */
  budgetRatio: number;
  /** The same of the budget of the rung, which is the quantile rounded down. */
  rungBudgetRatio: number;
  /** Of the forecasts with a rung at 90 %, the share whose budget was more than ten times what came. */
  vacuous: number;
  /** Of the same, the share that was broken. */
  broken: number;
  /** Mean, in failures per million requests. */
  pinball: number;
  brier: number;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function shareOf<T>(
  items: readonly T[],
  holds: (item: T) => boolean,
): number {
  return items.filter(holds).length / items.length;
}

/** Share of windows within the quantile, one per level. */
export function coverageOf(judged: readonly Judged[]): number[] {
  return LEVELS.map(level => shareOf(judged, one => isCovered(one, level)));
}

/** @throws RangeError where there is nothing to judge. */
export function summarise(judged: readonly Judged[]): Summary {
  if (judged.length === 0) {
    throw new RangeError('There are no forecasts to summarise; pass some.');
  }
  const promises = judged.flatMap(one => {
    const rung = rungAt(one, 0.9);
    return rung === undefined
      ? []
      : [{ one, rung, budget: allowedFailureRatio(rung) }];
  });
  return {
    forecasts: judged.length,
    coverage: coverageOf(judged),
    budgetRatio: median(
      judged.map(one => quantileAt(one, 0.9) / realised(one)),
    ),
    rungBudgetRatio: median(
      promises.map(({ one, budget }) => budget / realised(one)),
    ),
    vacuous: shareOf(promises, ({ one, rung }) => isVacuous(one, rung)),
    broken: shareOf(promises, ({ one, budget }) => realised(one) > budget),
    pinball: mean(judged.map(pinballLoss)),
    brier: mean(judged.map(brierScore)),
  };
}

/**
 * Share of windows in each tenth of the predicted distribution: ten equal ones where it is right. Where the
 * distribution steps, as it does at no failures, a window counts for the tenths that the step spans (Czado, Gneiting
 * and Held 2009).
 */
export function pitHistogram(judged: readonly Judged[]): number[] {
  const tenths = new Array<number>(10).fill(0);
  for (const one of judged) {
    const [from, to] = probabilityReached(one);
    tenths.forEach((_, tenth) => {
      const shared =
        Math.min(to, (tenth + 1) / 10) - Math.max(from, tenth / 10);
      tenths[tenth] += Math.max(0, shared) / (to - from) / judged.length;
    });
  }
  return tenths;
}
