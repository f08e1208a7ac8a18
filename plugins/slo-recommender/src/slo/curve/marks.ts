import type { Recommendation } from 'backstage-plugin-slo-recommender-common';
import type { PlotMark } from '../../charts';
import { comparablePromise } from '../comparablePromise';

const PROMISED = 'promised today';

/** A target worth pointing out on the ladder. */
export interface LadderMark {
  objective: number;
  /** Who it is: one or several tiers, the promise, or both on the same rung. */
  names: string[];
  /** A promise goes before a recommendation. */
  look: PlotMark['look'];
}

function lookOf(names: string[]): PlotMark['look'] {
  if (names.includes(PROMISED)) return 'promised';
  return names.includes('balanced') ? 'recommended' : 'plain';
}

/** The tiers and today's promise, those with the same objective together, from the lowest to the highest. */
export function ladderMarks(
  recommendation: Pick<
    Recommendation,
    'tiers' | 'promised' | 'thresholdSeconds'
  >,
): LadderMark[] {
  const { tiers } = recommendation;
  const promised = comparablePromise(recommendation);
  const named: { name: string; objective: number | undefined }[] = [
    { name: 'conservative', objective: tiers.conservative?.objective },
    { name: 'balanced', objective: tiers.balanced?.objective },
    { name: 'aggressive', objective: tiers.aggressive?.objective },
    { name: PROMISED, objective: promised?.objective },
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
      look: lookOf(names),
    }))
    .sort((a, b) => a.objective - b.objective);
}
