import {
  frontierOf,
  recommendSli,
  type SliStudy,
} from 'backstage-plugin-slo-recommender-engine';
import type { StoredRecommendation } from '../../store';
import type { FleetKnowledge } from './FleetKnowledge';
import { isSame } from './studyLatency';
import type { StudiedService } from './studyService';
import { toRecommendation } from './toRecommendation';

/** The latency objective to recommend, with the frontier it was chosen from. Null without latencies. */
export function concludeLatency(
  studied: StudiedService,
  fleet: FleetKnowledge | undefined,
): StoredRecommendation | null {
  const { latency } = studied;
  if (!latency || latency.thresholds.length === 0) {
    return null;
  }
  const { promised, profile } = latency;
  const conclude = (study: SliStudy) =>
    recommendSli(study, { fleet: fleet?.evidence, record: fleet?.record });
  const results = latency.thresholds.map(history => ({
    history,
    thresholdSeconds: history.thresholdSeconds,
    recommendation: conclude(history.study),
  }));
  const { points, reason: reasonOfChoice } = frontierOf(
    results.map(({ thresholdSeconds, recommendation }) => ({
      thresholdSeconds,
      achieved: recommendation.achieved,
      tiers: recommendation.tiers,
    })),
  );
  const chosen =
    results[points.findIndex(({ recommended }) => recommended)] ??
    results[results.length - 1];
  // where nothing is predicted, nothing was chosen
  const reason =
    chosen.recommendation.predicted === null ? null : reasonOfChoice;
  const kept = results.find(({ thresholdSeconds }) =>
    isSame(thresholdSeconds, promised?.thresholdSeconds),
  );
  const recommendation = toRecommendation(studied, {
    sliType: 'latency',
    recommendation: {
      ...chosen.recommendation,
      promised: promised && {
        objective: promised.objective,
        attainment: kept?.recommendation.promised?.attainment ?? null,
        thresholdSeconds: promised.thresholdSeconds,
      },
    },
    history: chosen.history,
    balancedOf: study => conclude(study).tiers.balanced?.objective ?? null,
    borrowed: null,
    thresholdSeconds: chosen.thresholdSeconds,
    frontierReason: reason,
  });
  return {
    ...recommendation,
    thresholdSeconds: chosen.thresholdSeconds,
    latency: {
      histogram: profile.histogram,
      quantiles: profile.quantiles,
      frontier: points,
      reason,
      bucketAdvice: profile.bucketAdvice,
      bimodal: profile.bimodal,
    },
  };
}
