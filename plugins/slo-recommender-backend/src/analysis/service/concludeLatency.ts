import {
  type BacktestWindow,
  type FleetEvidence,
  frontierOf,
  recommendSli,
} from 'backstage-plugin-slo-recommender-engine';
import type { StoredRecommendation } from '../../store';
import { isSame } from './studyLatency';
import type { StudiedService } from './studyService';
import { toRecommendation } from './toRecommendation';

/** The latency objective to recommend, with the frontier it was chosen from. Null without latencies. */
export function concludeLatency(
  studied: StudiedService,
  fleet: FleetEvidence | null,
): {
  recommendation: StoredRecommendation;
  backtest: BacktestWindow[];
} | null {
  const { latency } = studied;
  if (!latency) {
    return null;
  }
  const { promised, profile } = latency;
  const results = latency.thresholds.map(history => ({
    history,
    thresholdSeconds: history.thresholdSeconds,
    recommendation: recommendSli(history.study, { fleet }),
  }));
  const { points, reason: reasonOfChoice } = frontierOf(
    results.map(({ thresholdSeconds, recommendation }) => ({
      thresholdSeconds,
      achieved: recommendation.achieved ?? 0,
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
    fleet,
    borrowed: null,
    thresholdSeconds: chosen.thresholdSeconds,
    frontierReason: reason,
  });
  return {
    backtest: chosen.recommendation.backtest,
    recommendation: {
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
    },
  };
}
