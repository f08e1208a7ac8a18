import { formatPercent, formatProbability } from '../sli';
import { formatSeconds } from './formatSeconds';

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

export interface LatencyFrontier {
  /** Fastest threshold first; neither the objective nor, at the same objective, its attainment ever falls. */
  points: FrontierPoint[];
  /** Why the recommended point was chosen, or why there is none; null where there are no points. */
  reason: string | null;
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
  if (chosen) {
    chosen.recommended = true;
  }
  return { points, reason: points.length > 0 ? reasonFor(kept, chosen) : null };
}

type KeptPoint = FrontierPoint & { objective: number; attainment: number };

function isKept(point: FrontierPoint): point is KeptPoint {
  return point.objective !== null;
}

function monotonePoints(results: readonly ThresholdResult[]): FrontierPoint[] {
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
        recommended: false,
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
): string {
  if (!chosen) {
    return 'At none of the thresholds is even the lowest objective kept with 90 %. Find out what is slow before promising anything.';
  }
  const sentences = [mainReason(kept, chosen)];
  const faster = kept.findLast(
    ({ thresholdSeconds }) => thresholdSeconds < chosen.thresholdSeconds,
  );
  if (faster) {
    sentences.push(
      `${promiseOf(faster)} could be promised too, but leaves out more requests.`,
    );
  }
  return sentences.join(' ');
}

function mainReason(kept: readonly KeptPoint[], chosen: KeptPoint): string {
  const promise = promiseOf(chosen);
  const probability = formatProbability(chosen.attainment);
  const worthy = kept.find(({ objective }) => objective >= WORTHY_OBJECTIVE);
  if (worthy === chosen) {
    return `${promise} is kept with ${probability}: of the thresholds with an objective of at least ${formatPercent(WORTHY_OBJECTIVE)} it is the fastest, and a slower one would promise users less.`;
  }
  return worthy
    ? `${promise} is kept with ${probability}. ${promiseOf(worthy)} would hold too, but a threshold ${Math.round(worthy.thresholdSeconds / chosen.thresholdSeconds)} times slower says nothing of what most requests are like.`
    : `${promise} is kept with ${probability}: no threshold is kept at ${formatPercent(WORTHY_OBJECTIVE)}, and this is the highest objective, at the fastest threshold that has it.`;
}

/** For example `99 % within 250 ms`. */
function promiseOf({ objective, thresholdSeconds }: KeptPoint): string {
  return `${formatPercent(objective)} within ${formatSeconds(thresholdSeconds)}`;
}
