import {
  type CurvePoint,
  parseDuration,
  type Recommendation,
} from 'backstage-plugin-slo-recommender-common';

/** What promising one rung of the ladder would mean. */
export interface RungMeaning {
  /** Fractions in [0, 1]. */
  objective: number;
  attainment: number;
  /** Error budget over one window; requests are null where the traffic is unknown. */
  budgetMinutes: number;
  budgetRequests: number | null;
  /** Whether the last window would have met it; null where nothing was measured. */
  keptLastWindow: boolean | null;
  supported: boolean;
}

/** Requests expected in the next window as the tiers assume, else those of the last. */
function expectedRequests(recommendation: Recommendation): number | null {
  const { balanced, aggressive, conservative } = recommendation.tiers;
  const tier = [balanced, aggressive, conservative].find(
    candidate => candidate && candidate.objective < 1,
  );
  return tier
    ? tier.budgetRequests / (1 - tier.objective)
    : recommendation.requests;
}

/** @param window - ISO 8601 duration of the objective window */
export function describeRung(
  point: CurvePoint,
  recommendation: Recommendation,
  window: string,
): RungMeaning {
  const { objective, attainment, supported } = point;
  const requests = expectedRequests(recommendation);
  const windowMinutes = (parseDuration(window) ?? 0) / 60_000;
  return {
    objective,
    attainment,
    budgetMinutes: (1 - objective) * windowMinutes,
    budgetRequests: requests === null ? null : (1 - objective) * requests,
    keptLastWindow:
      recommendation.achieved === null
        ? null
        : recommendation.achieved >= objective,
    supported,
  };
}

/** The rung to look at first: the recommended one, else the promised one, else the surest. */
export function initialRung(recommendation: Recommendation): number {
  const { curve, tiers, promised } = recommendation;
  const objectives = [tiers.balanced?.objective, promised?.objective];
  const found = objectives
    .map(objective => curve.findIndex(point => point.objective === objective))
    .find(index => index >= 0);
  return found ?? 0;
}
