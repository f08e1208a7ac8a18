import { allowedFailureRatio, OBJECTIVE_LADDER } from '../sli';

/** Two probabilities between which a third lies. */
export interface ProbabilityInterval {
  from: number;
  to: number;
}

/** P(meet) of an objective. */
export interface CurvePoint {
  /** A fraction in (0, 1). */
  objective: number;
  /** P(meet) of the next whole window, in (0, 1). */
  attainment: number;
  /** Where the attainment lies with 90 % certainty; null where it was not tested on past windows. */
  attainmentInterval: ProbabilityInterval | null;
  /** False where fewer good requests were seen than it takes to tell such an objective from a lower one. */
  supported: boolean;
  /** True for the rungs of the ladder, false for objectives between them. */
  rung: boolean;
}

/**
 * Whether enough good requests were seen to speak of the objective at all: 3/n ≤ 1 − T, the rule of three (Hanley and
 * Lippman-Hand 1983). With no failure n is all requests; each failure makes it less, so that none adds support.
 */
export function isSupported(goodRequests: number, objective: number): boolean {
  return goodRequests * allowedFailureRatio(objective) >= 3 * (1 - 1e-9);
}

/** Objectives between two rungs. */
const BETWEEN = 3;

/** The rungs of the ladder, and between them objectives whose budgets shrink by equal factors; lowest first. */
export const CURVE_OBJECTIVES: readonly { objective: number; rung: boolean }[] =
  OBJECTIVE_LADDER.flatMap((objective, i) => {
    const rung = { objective, rung: true };
    const next = OBJECTIVE_LADDER[i + 1];
    if (next === undefined) {
      return [rung];
    }
    const allowed = allowedFailureRatio(objective);
    const shrinking = allowedFailureRatio(next) / allowed;
    const between = Array.from({ length: BETWEEN }, (_, k) => {
      const budget = allowed * shrinking ** ((k + 1) / (BETWEEN + 1));
      return {
        objective: Math.round((1 - Number(budget.toPrecision(2))) * 1e9) / 1e9,
        rung: false,
      };
    });
    return [rung, ...between];
  });

/**
 * P(meet) over the objectives of the curve, lowest first; never rising, for a window that meets one meets those below.
 *
 * @param attain - P(meet) of an objective.
 */
export function attainmentCurve(
  goodRequests: number,
  attain: (objective: number) => {
    attainment: number;
    attainmentInterval: ProbabilityInterval | null;
  },
): CurvePoint[] {
  return CURVE_OBJECTIVES.map(({ objective, rung }) => ({
    objective,
    ...attain(objective),
    supported: isSupported(goodRequests, objective),
    rung,
  }));
}
