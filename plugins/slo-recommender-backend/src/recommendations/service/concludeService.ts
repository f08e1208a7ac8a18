import {
  bimodalityWords,
  bucketAdviceWords,
  frontierWords,
  isSameThreshold,
} from 'backstage-plugin-slo-recommender-common';
import {
  burnRate,
  frontierOf,
  recommendSli,
  type SliStudy,
} from 'backstage-plugin-slo-recommender-engine';
import type { ServiceResult, StoredRecommendation } from '../storedResults';
import type { FleetKnowledge } from './FleetKnowledge';
import type { StudiedService } from './studyService';
import { toRecommendation } from './toRecommendation';

/** What the fleet is asked when services are concluded. */
export interface Fleet {
  /** Undefined where no analysis of the fleet has been made. */
  availability: FleetKnowledge | undefined;
  latency: FleetKnowledge | undefined;
  /** Number of services that each service calls, by entity reference. */
  callees: ReadonlyMap<string, number>;
  lookbackMs: number;
}

/** Turns the study of one service, and what the fleet shows, into what its page shows. */
export function concludeService(
  studied: StudiedService,
  fleet: Fleet,
): ServiceResult {
  const { service, windowMs, asOf } = studied;
  const conclude = (study: SliStudy) => {
    const borrowed =
      fleet.availability?.borrowFor(service, study, fleet) ?? null;
    const recommendation = recommendSli(study, {
      fleet: fleet.availability?.evidence,
      record: fleet.availability?.record,
      borrowed,
    });
    return { borrowed, recommendation };
  };
  const { borrowed, recommendation: availability } = conclude(
    studied.availability.study,
  );
  const recommendedObjective = availability.tiers.balanced?.objective ?? null;
  const objective = service.promisedObjective ?? recommendedObjective;
  // of all hours, as the budget's own page has it
  const { requests, badRequests } =
    studied.availability.exclusions?.countingAll ?? studied.availability.study;
  const budgetRemaining =
    objective === null || requests === null || badRequests === null
      ? null
      : 1 - burnRate(badRequests, requests, objective);
  const latency = concludeLatency(studied, fleet.latency);
  return {
    entityRef: service.entityRef,
    asOf: asOf.toISOString(),
    dataUntil: studied.dataUntil.toISOString(),
    verdict: availability.verdict,
    achieved: availability.achieved,
    requests: availability.requests,
    recommendedObjective,
    budgetRemaining,
    windowMs,
    datasourceId: studied.datasourceId,
    simulated: studied.simulated,
    inputsKey: studied.inputsKey,
    recommendations: [
      {
        ...toRecommendation(studied, {
          sliType: 'availability',
          recommendation: availability,
          history: studied.availability,
          balancedOf: study =>
            conclude(study).recommendation.tiers.balanced?.objective ?? null,
          borrowed,
          latency: null,
        }),
        days: studied.days,
      },
      ...(latency ? [latency] : []),
    ],
  };
}

/** The latency objective to recommend, with the frontier it was chosen from. Null without latencies. */
function concludeLatency(
  studied: StudiedService,
  fleet: FleetKnowledge | undefined,
): StoredRecommendation | null {
  const { latency } = studied;
  if (!latency || latency.thresholds.length === 0) {
    return null;
  }
  const { promised, profile } = latency;
  const { bucketAdvice, bimodal } = profile;
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
    chosen.recommendation.predicted === null || reasonOfChoice === null
      ? null
      : frontierWords(reasonOfChoice);
  const kept = results.find(({ thresholdSeconds }) =>
    isSameThreshold(thresholdSeconds, promised?.thresholdSeconds),
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
    latency: {
      histogram: profile.histogram,
      quantiles: profile.quantiles,
      frontier: points,
      reason,
      bucketAdvice: bucketAdvice && {
        addSeconds: bucketAdvice.addSeconds,
        message: bucketAdviceWords(bucketAdvice),
      },
      bimodal: bimodal && {
        boundarySeconds: bimodal.boundarySeconds,
        slowShare: bimodal.slowShare,
        message: bimodalityWords(bimodal),
      },
    },
  });
  return { ...recommendation, days: chosen.history.days };
}
