import { attainmentOf } from '../predict';
import { allowedFailureRatio, OBJECTIVE_LADDER } from '../sli';

/** A rung of the ladder. */
export interface CurvePoint {
  /** A fraction in (0, 1). */
  objective: number;
  /** P(meet) of the next whole window, in (0, 1). */
  attainment: number;
  /** False where fewer good requests were seen than it takes to tell such an objective from a lower one. */
  supported: boolean;
}

/**
 * Whether enough good requests were seen to speak of the objective at all: 3/n ≤ 1 − T, the rule of three (Hanley and
 * Lippman-Hand 1983). With no failure n is all requests; each failure makes it less, so that none adds support.
 */
export function isSupported(goodRequests: number, objective: number): boolean {
  return goodRequests * allowedFailureRatio(objective) >= 3 * (1 - 1e-9);
}

/** P(meet) over the ladder, lowest rung first; never rising, for a window that meets a rung meets those below. */
export function attainmentCurve(
  samples: Float64Array,
  goodRequests: number,
): CurvePoint[] {
  return OBJECTIVE_LADDER.map(objective => ({
    objective,
    attainment: attainmentOf(samples, objective),
    supported: isSupported(goodRequests, objective),
  }));
}
