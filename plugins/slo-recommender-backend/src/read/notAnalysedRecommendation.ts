import type {
  Reason,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';

/** What is said of the availability of a service that was not analysed yet. */
export function notAnalysedRecommendation(facts: {
  reason: Reason;
  promisedObjective: number | null;
  datasource: { id: string; simulated: boolean } | null;
}): Recommendation {
  const { reason, promisedObjective, datasource } = facts;
  return {
    sliType: 'availability',
    verdict: 'insufficient',
    reasons: [reason],
    achieved: null,
    requests: null,
    expectedRequests: null,
    promised:
      promisedObjective === null
        ? null
        : { objective: promisedObjective, attainment: null },
    curve: [],
    tiers: { conservative: null, balanced: null, aggressive: null },
    predicted: null,
    level: null,
    confidence: null,
    calibration: null,
    borrowed: null,
    regime: null,
    exclusions: null,
    backtest: null,
    explanation: [],
    provenance: null,
    latency: null,
    history: [],
    dataQuality: {
      completeness: 0,
      historyDays: 0,
      source: datasource?.id ?? null,
      evidence: null,
      failureDefinition: null,
      findings: [],
      simulated: datasource?.simulated ?? false,
    },
  };
}
