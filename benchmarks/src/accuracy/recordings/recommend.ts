import {
  historyAsOf,
  learnFromFleet,
  OBJECTIVE_LADDER,
  allowedFailureRatio,
  recommendSli,
  studySli,
  sumWindow,
  type CountSeries,
  type TierName,
} from 'backstage-plugin-slo-recommender-engine';
import type { RecordedPromise } from './promises';

const TIERS: readonly TierName[] = ['conservative', 'balanced', 'aggressive'];

/** What each tier, and the naive ladder, would have promised. */
export interface PromisesBy {
  name: string;
  promises: RecordedPromise[];
}

/**
 * Promises for the window that begins at the instant, of all services that have requests in it, in the order of the
 * services. The naive ladder promises the highest rung that the history reached.
 */
export function promisesOf(
  services: readonly CountSeries[],
  { asOfMs, windowMs }: { asOfMs: number; windowMs: number },
): PromisesBy[] {
  const studies = services.map(series =>
    studySli({ series, asOfMs, windowMs }),
  );
  const fleet = learnFromFleet(studies, asOfMs);
  const judged = services.map((series, i) => {
    const endMs = asOfMs + windowMs;
    const history = historyAsOf(series, endMs);
    const past = sumWindow(history, series.startMs, asOfMs);
    return {
      outcome: sumWindow(history, asOfMs, endMs),
      tiers: recommendSli(studies[i], { fleet }).tiers,
      naive: flooredRung(past.bad / past.total),
    };
  });
  const used = judged.filter(({ outcome }) => outcome.total > 0);
  return [
    ...TIERS.map(tier => ({
      name: `ours, ${tier}`,
      promises: used.map(({ outcome, tiers }) => ({
        objective: tiers[tier]?.objective ?? null,
        outcome,
      })),
    })),
    {
      name: 'naive ladder',
      promises: used.map(({ outcome, naive }) => ({
        objective: naive,
        outcome,
      })),
    },
    {
      name: 'naive ladder, where ours has a balanced tier',
      promises: used
        .filter(({ tiers }) => tiers.balanced !== null)
        .map(({ outcome, naive }) => ({ objective: naive, outcome })),
    },
  ];
}

function flooredRung(badShare: number): number | null {
  return (
    OBJECTIVE_LADDER.findLast(
      objective => badShare <= allowedFailureRatio(objective),
    ) ?? null
  );
}
