import {
  type DatasourceStatus,
  defaultSloKey,
  type Reason,
  type Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { NOTHING_RECOMMENDED } from 'backstage-plugin-slo-recommender-engine';

/** Why a service has no result yet. */
export function notAnalysedReason(datasource: DatasourceStatus | null): Reason {
  if (datasource?.message && datasource.state !== 'ok') {
    return { code: 'telemetry_unavailable', message: datasource.message };
  }
  return {
    code: 'not_analysed',
    message: 'Not analysed yet. The first analysis follows within a minute.',
  };
}

/** The recommendation of a service without a result: none, and why. */
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
