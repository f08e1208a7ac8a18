import { explain, longerWindow } from 'backstage-plugin-slo-recommender-engine';
import type { StoredRecommendation } from '../../store';
import type { ConcludedSli } from './toRecommendation';
import type { StudiedService } from './studyService';
import { DAY_MS } from '../../kernel/time/hours';

/** A budget of less than this many requests says little: a longer window is advised. */
const FEW_FAILURES = 1;

/** The recommendation in sentences, made from its facts. */
export function explanationOf(
  studied: StudiedService,
  concluded: ConcludedSli,
  facts: Pick<StoredRecommendation, 'regime' | 'exclusions' | 'backtest'>,
): string[] {
  const { recommendation, history } = concluded;
  const { promised } = recommendation;
  const { regime } = facts;
  return explain({
    ...recommendation,
    promised: promised && {
      ...promised,
      thresholdSeconds: promised.thresholdSeconds ?? null,
    },
    windowMs: studied.windowMs,
    thresholdSeconds: concluded.thresholdSeconds ?? null,
    thresholdReason: concluded.frontierReason ?? null,
    backtest: facts.backtest,
    borrowed: concluded.borrowed,
    longerWindowMs: longerWindowOf(studied.windowMs, recommendation),
    regime: regime && {
      changePoints: history.regime?.changePoints ?? [],
      applied: regime.applied,
      presentObjective: regime.presentObjective,
      wholeHistoryObjective: regime.wholeHistoryObjective,
    },
    exclusions: facts.exclusions,
    simulated: studied.simulated,
  });
}

function longerWindowOf(
  windowMs: number,
  { tiers, expectedRequests }: ConcludedSli['recommendation'],
): number | null {
  if (
    !tiers.balanced ||
    expectedRequests === null ||
    tiers.balanced.budgetRequests >= FEW_FAILURES
  ) {
    return null;
  }
  const longer = longerWindow({
    requestsPerDay: expectedRequests / (windowMs / DAY_MS),
    objective: tiers.balanced.objective,
  });
  return longer !== null && longer > windowMs ? longer : null;
}
