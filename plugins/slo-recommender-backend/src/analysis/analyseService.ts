import type { DataQualityFinding } from 'backstage-plugin-slo-recommender-common';
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
  /** What counts as a failed request, in words. */
  failureDefinition: string | null;
  /** What was found about the telemetry. */
  findings: DataQualityFinding[];
  /** Why the telemetry could not be had, or only in part. */
  notices: Reason[];
}

/** Warnings about requests that were not counted at all: what is said of the others is less certain. */
const DEGRADING_CODES = new Set(['low_coverage']);

/** Turns the counts of one service into what its page shows. */
export function analyseService(input: ServiceEvidence): ServiceResult {
  const { service, series, windowMs, findings } = input;
  const asOfMs = input.asOf.getTime();
  const availability = recommendAvailability({
    series,
    asOfMs,
    windowMs,
    promisedObjective: service.promisedObjective ?? undefined,
    notices: [
      ...input.notices,
      ...reasonsOf(findings, ({ code }) => DEGRADING_CODES.has(code)),
    ],
    defects: reasonsOf(findings, ({ severity }) => severity === 'error'),
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
          failureDefinition: input.failureDefinition,
          findings,
          simulated: input.simulated,
        },
      },
    ],
  };
}

function reasonsOf(
  findings: DataQualityFinding[],
  applies: (finding: DataQualityFinding) => boolean,
): Reason[] {
  return findings.filter(applies).map(({ code, message, fix }) => ({
    code,
    message: fix === null ? message : `${message} ${fix}`,
  }));
}
