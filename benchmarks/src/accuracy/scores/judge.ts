import {
  allowedFailureRatio,
  keepsObjective,
  OBJECTIVE_LADDER,
} from 'backstage-plugin-slo-recommender-engine';
import type { Trial } from '../fleet';
import type { Forecast } from '../methods';

/** Probabilities at which every forecast is read, ascending. */
export const PROBABILITIES: readonly number[] = [
  ...Array.from({ length: 99 }, (_, i) => (i + 1) / 100),
  0.995,
  0.999,
];

/** Probabilities of the three tiers. */
export const LEVELS = [0.75, 0.9, 0.99] as const;

/** A forecast beside what came. */
export interface Judged {
  trial: Trial;
  /** Element i is not exceeded with `PROBABILITIES[i]`. */
  quantiles: Float64Array;
  confidence: number | undefined;
}

export function judge(forecast: Forecast, trial: Trial): Judged {
  return {
    trial,
    quantiles: Float64Array.from(PROBABILITIES, forecast.quantile),
    confidence: forecast.confidence,
  };
}

/** Share of bad requests that came. */
export function realised({ trial: { outcome } }: Judged): number {
  return outcome.bad / outcome.total;
}

export function quantileAt(judged: Judged, level: number): number {
  return judged.quantiles[PROBABILITIES.indexOf(level)];
}

/** Whether the window stayed within the quantile, which is not rounded to a rung. */
export function isCovered(judged: Judged, level: number): boolean {
  const { total, bad } = judged.trial.outcome;
  return keepsObjective(bad, total, 1 - quantileAt(judged, level));
}

/** The highest rung kept with the probability of the level; undefined where there is none. */
export function rungAt(judged: Judged, level: number): number | undefined {
  const predicted = quantileAt(judged, level);
  return OBJECTIVE_LADDER.findLast(
    objective => predicted <= allowedFailureRatio(objective),
  );
}

/** Whether the rung allows more than ten times the failures that came; where none came, more than ten. */
export function isVacuous({ trial }: Judged, rung: number): boolean {
  const { total, bad } = trial.outcome;
  return allowedFailureRatio(rung) * total > 10 * Math.max(1, bad);
}

/** Pinball loss of the 90 % quantile, in failures per million requests. */
export function pinballLoss(judged: Judged): number {
  const excess = realised(judged) - quantileAt(judged, 0.9);
  return 1e6 * (excess > 0 ? 0.9 * excess : -0.1 * excess);
}

/** Mean squared difference between P(meet) and outcome over the ladder. */
export function brierScore(judged: Judged): number {
  const { total, bad } = judged.trial.outcome;
  const squares = OBJECTIVE_LADDER.map(objective => {
    const kept = keepsObjective(bad, total, objective) ? 1 : 0;
    return (attainment(judged, objective) - kept) ** 2;
  });
  return squares.reduce((sum, square) => sum + square, 0) / squares.length;
}

/** P(meet), read from the quantiles. */
function attainment({ quantiles }: Judged, objective: number): number {
  const allowed = allowedFailureRatio(objective);
  const [below, above] = between(quantiles, value => value <= allowed);
  return (below + above) / 2;
}

/** The probabilities between which the predicted distribution reaches what came; apart where it steps there. */
export function probabilityReached(judged: Judged): [from: number, to: number] {
  const { quantiles } = judged;
  const came = realised(judged);
  const [from] = between(quantiles, value => value < came);
  const [, to] = between(quantiles, value => value <= came);
  return [from, to];
}

/** The last probability whose quantile is within and the first whose is not. */
function between(
  quantiles: Float64Array,
  isWithin: (value: number) => boolean,
): [number, number] {
  const beyond = quantiles.findIndex(value => !isWithin(value));
  const count = beyond < 0 ? quantiles.length : beyond;
  return [PROBABILITIES[count - 1] ?? 0, PROBABILITIES[count] ?? 1];
}
