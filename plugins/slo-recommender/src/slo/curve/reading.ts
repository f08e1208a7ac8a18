import type {
  CurvePoint,
  ProbabilityInterval,
} from 'backstage-plugin-slo-recommender-common';
import { ratioToAxis } from '../../charts/ratioScale';
import { formatRatio, unbroken } from '../../words';

/** What the curve says of one objective. */
export interface CurveReading {
  /** Fractions in [0, 1]. */
  objective: number;
  attainment: number;
  attainmentInterval: ProbabilityInterval | null;
  supported: boolean;
  /**
   * `rung`: can be recommended. `between`: computed for this objective, which is no rung. `interpolated`: read between
   * two neighbours for which it was computed.
   */
  basis: 'rung' | 'between' | 'interpolated';
}

const SAME_OBJECTIVE = 1e-9;

/** Decimals of a typed percentage that are shown, from 99 % on and below. */
const TYPED_DECIMALS = { high: 5, low: 3 };

/** The objective of a reading: one that was typed with all its digits, as the figures are of it and not of a rounder one. */
export function formatPicked({
  objective,
  basis,
}: Pick<CurveReading, 'objective' | 'basis'>): string {
  if (basis !== 'interpolated') return formatRatio(objective);
  const { high, low } = TYPED_DECIMALS;
  const scale = 10 ** (objective < 0.99 ? low : high);
  // cut, and nudged for 98.76499999999999 to stay 98.765
  return unbroken(`${Math.floor(objective * 100 * scale + 1e-6) / scale} %`);
}

/**
 * Probability of keeping an objective, read between its neighbours on the curve where it is none of its points: linear
 * in the decades of unavailability.
 *
 * @returns null outside the curve, of which nothing is known
 */
export function readCurve(
  curve: CurvePoint[],
  objective: number,
): CurveReading | null {
  const exact = curve.find(
    point => Math.abs(point.objective - objective) < SAME_OBJECTIVE,
  );
  if (exact) {
    const { rung, ...reading } = exact;
    return { ...reading, basis: rung ? 'rung' : 'between' };
  }
  const above = curve.findIndex(point => point.objective > objective);
  if (above <= 0) return null;
  const [low, high] = [curve[above - 1], curve[above]];
  const [from, here, to] = [low.objective, objective, high.objective].map(
    ratioToAxis,
  );
  const weight = (here - from) / (to - from);
  const between = (a: number, b: number) => a + weight * (b - a);
  return {
    objective,
    attainment: between(low.attainment, high.attainment),
    attainmentInterval:
      low.attainmentInterval && high.attainmentInterval
        ? {
            from: between(
              low.attainmentInterval.from,
              high.attainmentInterval.from,
            ),
            to: between(low.attainmentInterval.to, high.attainmentInterval.to),
          }
        : null,
    supported: high.supported,
    basis: 'interpolated',
  };
}

/** The rungs between which an objective lies. */
export function rungsAround(
  curve: CurvePoint[],
  objective: number,
): { below: number; above: number } | null {
  const rungs = curve.filter(point => point.rung);
  const above = rungs.find(point => point.objective > objective);
  const below = rungs.findLast(point => point.objective < objective);
  return above && below
    ? { below: below.objective, above: above.objective }
    : null;
}
