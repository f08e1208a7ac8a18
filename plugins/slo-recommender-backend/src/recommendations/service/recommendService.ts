import type { LatencyObjective } from 'backstage-plugin-slo-recommender-common';
import type { ServiceResult } from '../storedResults';
import { concludeService, type Fleet } from './concludeService';
import { type ServiceEvidence, studyService } from './studyService';

/** What a question "what if" changes; what is absent stays as the evidence has it. */
export interface Overrides extends Partial<
  Pick<ServiceEvidence, 'windowMs' | 'series' | 'latencies'>
> {
  /** Objectives to judge in place of the promised ones; null promises nothing. */
  promisedObjective?: number | null;
  promisedLatency?: LatencyObjective | null;
}

/**
 * What a service can promise: the study of its evidence, held against the fleet. The same arguments give the same
 * result; an analysis runs the two halves apart, as it learns the fleet from all studies in between.
 */
export function recommendService(
  evidence: ServiceEvidence,
  fleet: Fleet,
  overrides: Overrides = {},
): ServiceResult {
  const {
    windowMs = evidence.windowMs,
    series = evidence.series,
    latencies = evidence.latencies,
    promisedObjective = evidence.service.promisedObjective,
    promisedLatency = evidence.service.promisedLatency,
  } = overrides;
  return concludeService(
    studyService({
      ...evidence,
      windowMs,
      series,
      latencies,
      service: { ...evidence.service, promisedObjective, promisedLatency },
    }),
    fleet,
  );
}
