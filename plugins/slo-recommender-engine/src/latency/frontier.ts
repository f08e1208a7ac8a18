/** What can be promised at one threshold. */
export interface ThresholdResult {
  thresholdSeconds: number;
  /** Share in [0, 1] of the last window's requests that were not slower; null where not known. */
  achieved: number | null;
  tiers: {
    /** The highest rung that is kept with at least 90 %, and with what probability. */
    balanced: { objective: number; attainment: number } | null;
  };
}

/** One objective "at least this share of requests faster than the threshold". */
export interface FrontierPoint {
  thresholdSeconds: number;
  achieved: number | null;
  /** Null where no rung is kept with at least 90 %. */
  objective: number | null;
  attainment: number | null;
  recommended: boolean;
}

type Point = Omit<FrontierPoint, 'recommended'>;

/** A point at which an objective is kept. */
interface KeptPoint extends Point {
  objective: number;
  attainment: number;
}

function isKept(point: Point): point is KeptPoint {
  return point.objective !== null && point.attainment !== null;
}

/** Why a threshold was chosen, or why there is none. */
export type FrontierReason =
  | { code: 'nothing_kept' }
  | {
      /**
       * `fastest_worthy`: the fastest with an objective that is worth promising. `worthy_too_slow`: that one is so much
       * slower that a lower objective says more. `highest_objective`: none has such an objective.
       */
      code: 'fastest_worthy' | 'highest_objective' | 'worthy_too_slow';
      chosen: KeptPoint;
      /** The fastest with a worthy objective; null if there is none. */
      worthy: KeptPoint | null;
      worthyObjective: number;
      /** The next faster threshold with an objective; null if there is none. */
      faster: KeptPoint | null;
    };

export interface LatencyFrontier {
  /** Fastest threshold first; neither the objective nor, at the same objective, its attainment ever falls. */
  points: FrontierPoint[];
  /** Why the recommended point was chosen, or why there is none; null where there are no points. */
  reason: FrontierReason | null;
}

/** The objective that a latency promise should have: one request in a hundred may be slow. */
const WORTHY_OBJECTIVE = 0.99;

/** Still a promise about nearly all requests. */
const FAIR_OBJECTIVE = 0.95;

/** A threshold this many times slower than one with a fair objective says nothing of what most requests are like. */
const TRIVIAL_RATIO = 10;

/**
 * Puts the thresholds in order and names one recommendation: the fastest threshold with 99 % or more, unless it is more
 * than ten times slower than one with 95 %, which then says more; and without such, the highest objective there is.
 *
 * What is faster than one threshold is faster than every slower one, so that an objective holds there with the same
 * probability at least: where the studies differ by chance, the better figure of the faster threshold is taken.
 */
export function frontierOf(
  results: readonly ThresholdResult[],
): LatencyFrontier {
  const points = monotonePoints(results);
  const kept = points.filter(isKept);
  const chosen = choose(kept);
  return {
    points: points.map(point => ({ ...point, recommended: point === chosen })),
    reason: points.length > 0 ? reasonFor(kept, chosen) : null,
  };
}

function monotonePoints(results: readonly ThresholdResult[]): Point[] {
  let best: ThresholdResult['tiers']['balanced'] = null;
  return [...results]
    .sort((a, b) => a.thresholdSeconds - b.thresholdSeconds)
    .map(({ thresholdSeconds, achieved, tiers: { balanced } }) => {
      const better =
        balanced !== null &&
        (best === null ||
          balanced.objective > best.objective ||
          (balanced.objective === best.objective &&
            balanced.attainment > best.attainment));
      best = better ? balanced : best;
      return {
        thresholdSeconds,
        achieved,
        objective: best?.objective ?? null,
        attainment: best?.attainment ?? null,
      };
    });
}

function choose(kept: readonly KeptPoint[]): KeptPoint | undefined {
  const fair = kept.find(({ objective }) => objective >= FAIR_OBJECTIVE);
  const worthy = kept.find(({ objective }) => objective >= WORTHY_OBJECTIVE);
  if (worthy && fair) {
    return isTrivial(worthy, fair) ? fair : worthy;
  }
  const highest = kept[kept.length - 1];
  return kept.find(({ objective }) => objective === highest.objective);
}

function isTrivial(worthy: KeptPoint, fair: KeptPoint): boolean {
  return worthy.thresholdSeconds > TRIVIAL_RATIO * fair.thresholdSeconds;
}

function reasonFor(
  kept: readonly KeptPoint[],
  chosen: KeptPoint | undefined,
): FrontierReason {
  if (!chosen) {
    return { code: 'nothing_kept' };
  }
  const worthy =
    kept.find(({ objective }) => objective >= WORTHY_OBJECTIVE) ?? null;
  const notWorthy = worthy ? 'worthy_too_slow' : 'highest_objective';
  return {
    code: worthy === chosen ? 'fastest_worthy' : notWorthy,
    chosen,
    worthy,
    worthyObjective: WORTHY_OBJECTIVE,
    faster:
      kept.findLast(
        ({ thresholdSeconds }) => thresholdSeconds < chosen.thresholdSeconds,
      ) ?? null,
  };
}
