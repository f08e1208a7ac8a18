import type { Recommendation } from 'backstage-plugin-slo-recommender-common';

/** A target worth pointing out on the ladder. */
export interface LadderMark {
  objective: number;
  /** Who it is: one or several tiers, the promise, or both on the same rung. */
  names: string[];
  promised: boolean;
  recommended: boolean;
  /** Position on the ladder counted in rungs from 0; between two where the promise is no rung. */
  position: number;
}

const unavailabilityDecades = (objective: number) => -Math.log10(1 - objective);

/** Place of an objective among the rungs, interpolated in decades of unavailability and held within the ladder. */
export function ladderPosition(objective: number, ladder: number[]): number {
  const exact = ladder.indexOf(objective);
  if (exact >= 0) return exact;
  const above = ladder.findIndex(rung => rung > objective);
  if (above < 0) return ladder.length - 1;
  if (above === 0) return 0;
  const [low, here, high] = [ladder[above - 1], objective, ladder[above]].map(
    unavailabilityDecades,
  );
  return above - 1 + (here - low) / (high - low);
}

/** The tiers and today's promise, those on the same rung together, from the lowest to the highest. */
export function ladderMarks(recommendation: Recommendation): LadderMark[] {
  const { curve, tiers, promised } = recommendation;
  const ladder = curve.map(point => point.objective);
  const named: { name: string; objective: number | undefined }[] = [
    { name: 'conservative', objective: tiers.conservative?.objective },
    { name: 'balanced', objective: tiers.balanced?.objective },
    { name: 'aggressive', objective: tiers.aggressive?.objective },
    { name: 'promised today', objective: promised?.objective },
  ];
  const marks = new Map<number, string[]>();
  for (const { name, objective } of named) {
    if (objective === undefined) continue;
    marks.set(objective, [...(marks.get(objective) ?? []), name]);
  }
  return [...marks]
    .map(([objective, names]) => ({
      objective,
      names,
      promised: names.includes('promised today'),
      recommended: names.includes('balanced'),
      position: ladderPosition(objective, ladder),
    }))
    .sort((a, b) => a.objective - b.objective);
}
