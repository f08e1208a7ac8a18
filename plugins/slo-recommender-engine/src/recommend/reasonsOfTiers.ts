import { FEWEST_REQUESTS } from '../sli';
import type { CurvePoint } from './curve';
import { TIER_ATTAINMENT, type TierName, type Tiers } from './tiers';

const NAMES: readonly TierName[] = ['conservative', 'balanced', 'aggressive'];

/** Why tiers are missing, or what is fragile about them: a code and the facts it is judged by. */
export type TierReason =
  | { code: 'few_good_requests'; objective: number; neededRequests: number }
  | {
      code: 'below_ladder';
      /** The lowest objective considered, and its P(meet). */
      objective: number;
      attainment: number;
      missing: TierName[];
      /** What the boldest of the missing tiers takes. */
      neededAttainment: number;
    }
  | { code: 'single_failure_breaks'; objectives: number[] };

/** What a reader must know of the tiers: why some are missing, and which a single failure breaks. */
export function reasonsOfTiers(
  curve: readonly CurvePoint[],
  tiers: Tiers,
): TierReason[] {
  return [...missing(curve, tiers), ...fragile(tiers)];
}

/** The verdict stands: the measurement is sound, it is the service that promises too little. */
function missing(curve: readonly CurvePoint[], tiers: Tiers): TierReason[] {
  const missingTiers = NAMES.filter(name => tiers[name] === null);
  const boldest = missingTiers.at(-1);
  if (boldest === undefined) {
    return [];
  }
  const [{ objective, attainment, supported }] = curve;
  return [
    supported
      ? {
          code: 'below_ladder',
          objective,
          attainment,
          missing: missingTiers,
          neededAttainment: TIER_ATTAINMENT[boldest],
        }
      : {
          code: 'few_good_requests',
          objective,
          neededRequests: FEWEST_REQUESTS,
        },
  ];
}

/** Objectives whose budget is less than one request of the next window. */
function fragile(tiers: Tiers): TierReason[] {
  const objectives = new Set(
    NAMES.flatMap(name => {
      const tier = tiers[name];
      return tier && tier.budgetRequests < 1 ? [tier.objective] : [];
    }),
  );
  return objectives.size === 0
    ? []
    : [{ code: 'single_failure_breaks', objectives: [...objectives] }];
}
