import {
  type CountSeries,
  errorBudget,
  type Reason,
  recommendAvailability,
} from 'backstage-plugin-slo-recommender-engine';
import type { CatalogEntity, ServiceResult } from '../store';

/** Everything that the result of one service depends on. */
export interface ServiceEvidence {
  service: CatalogEntity;
  series: CountSeries;
  /** Metric family of the counts. */
  evidence: string | null;
  asOf: Date;
  windowMs: number;
  datasourceId: string | null;
  simulated: boolean;
  inputsKey: string;
  /** What is known to be wrong with the telemetry. */
  notices: Reason[];
}

/** Turns the counts of one service into what its page shows. */
export function analyseService(input: ServiceEvidence): ServiceResult {
  const { service, series, windowMs } = input;
  const asOfMs = input.asOf.getTime();
  const availability = recommendAvailability({
    series,
    asOfMs,
    windowMs,
    promisedObjective: service.promisedObjective ?? undefined,
    notices: input.notices,
  });
  const recommendedObjective = availability.tiers.balanced?.objective ?? null;
  const objective = service.promisedObjective ?? recommendedObjective;
  const budgetRemaining =
    objective === null || availability.verdict === 'invalid'
      ? null
      : errorBudget({ series, asOfMs, windowMs, objective }).remaining;
  return {
    entityRef: service.entityRef,
    asOf: input.asOf.toISOString(),
    verdict: availability.verdict,
    achieved: availability.achieved,
    requests: availability.requests,
    recommendedObjective,
    budgetRemaining,
    windowMs,
    datasourceId: input.datasourceId,
    simulated: input.simulated,
    inputsKey: input.inputsKey,
    recommendations: [
      {
        sliType: 'availability',
        verdict: availability.verdict,
        reasons: availability.reasons,
        achieved: availability.achieved,
        requests: availability.requests,
        promised: availability.promised,
        curve: availability.curve,
        tiers: availability.tiers,
        dataQuality: {
          completeness: availability.completeness,
          historyDays: availability.historyDays,
          source: input.datasourceId,
          evidence: input.evidence,
          simulated: input.simulated,
        },
      },
    ],
  };
}
