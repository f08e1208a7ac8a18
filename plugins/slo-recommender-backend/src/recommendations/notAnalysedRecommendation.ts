import {
  defaultSloKey,
  type Reason,
  type Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { NOTHING_RECOMMENDED } from 'backstage-plugin-slo-recommender-engine';

/** What is said of the availability of a service that was not analysed yet. */
export function notAnalysedRecommendation(facts: {
  reason: Reason;
  promisedObjective: number | null;
  datasource: { id: string; simulated: boolean } | null;
}): Recommendation {
  const { reason, promisedObjective, datasource } = facts;
  return {
    ...defaultSloKey({ sliType: 'availability' }),
    sliType: 'availability',
    verdict: 'insufficient',
    reasons: [reason],
    achieved: null,
    requests: null,
    ...NOTHING_RECOMMENDED,
    promised:
      promisedObjective === null
        ? null
        : { objective: promisedObjective, attainment: null },
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
