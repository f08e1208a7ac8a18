import { allowedFailureRatio } from '../sli';
import type { CurvePoint, ProbabilityInterval } from './curve';

/** An objective that can be promised. */
export interface Tier {
  objective: number;
  /** P(meet) of the next whole window. */
  attainment: number;
  attainmentInterval: ProbabilityInterval | null;
  /** (1 − T)·window: the budget as minutes of full outage. */
  budgetMinutes: number;
  /** (1 − T)·requests expected in the next window. */
  budgetRequests: number;
}

export type TierName = 'conservative' | 'balanced' | 'aggressive';
export type Tiers = Record<TierName, Tier | null>;

/** Least P(meet) of each tier. */
export const TIER_ATTAINMENT: Readonly<Record<TierName, number>> = {
  conservative: 0.99,
  balanced: 0.9,
  aggressive: 0.75,
};

/**
 * For each tier the highest supported rung that is kept with the tier's probability; null where there is none.
 * So conservative ≤ balanced ≤ aggressive, always.
 */
export function pickTiers(
  curve: readonly CurvePoint[],
  window: { windowMs: number; expectedRequests: number },
): Tiers {
  const pick = (name: TierName): Tier | null => {
    const rungs = curve.filter(
      ({ rung, supported, attainment }) =>
        rung && supported && attainment >= TIER_ATTAINMENT[name],
    );
    if (rungs.length === 0) {
      return null;
    }
    const { objective, attainment, attainmentInterval } =
      rungs[rungs.length - 1];
    const allowed = allowedFailureRatio(objective);
    return {
      objective,
      attainment,
      attainmentInterval,
      budgetMinutes: (allowed * window.windowMs) / 60_000,
      budgetRequests: allowed * window.expectedRequests,
    };
  };
  return {
    conservative: pick('conservative'),
    balanced: pick('balanced'),
    aggressive: pick('aggressive'),
  };
}
