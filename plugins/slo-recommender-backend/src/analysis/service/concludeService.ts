import type { SliType } from 'backstage-plugin-slo-recommender-common';
import {
  type BacktestWindow,
  burnRate,
  recommendSli,
} from 'backstage-plugin-slo-recommender-engine';
import type { ServiceResult } from '../../store';
import { concludeLatency } from './concludeLatency';
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

/** The past windows of one service, judged; without those of SLIs that it does not have. */
export interface BacktestedService {
  simulated: boolean;
  backtests: Partial<
    Record<SliType, { windowMs: number; backtest: BacktestWindow[] }>
  >;
}

/** What is concluded of one service. */
export interface ConcludedService extends BacktestedService {
  result: ServiceResult;
}

/** Turns the study of one service, and what the fleet shows, into what its page shows. */
export function concludeService(
  studied: StudiedService,
  fleet: Fleet,
): ConcludedService {
  const { service, windowMs, asOf } = studied;
  const borrowed = fleet.availability?.borrowFor(studied, fleet) ?? null;
  const availability = recommendSli(studied.availability.study, {
    fleet: fleet.availability?.evidence,
    borrowed,
  });
  const recommendedObjective = availability.tiers.balanced?.objective ?? null;
  const objective = service.promisedObjective ?? recommendedObjective;
  // of all hours, as the budget's own page has it
  const { requests, badRequests } =
    studied.availability.exclusions?.countingAll ?? studied.availability.study;
  const budgetRemaining =
    objective === null || requests === null || badRequests === null
      ? null
      : 1 - burnRate(badRequests, requests, objective);
  const latency = concludeLatency(studied, fleet.latency?.evidence ?? null);
  return {
    simulated: studied.simulated,
    backtests: {
      availability: { windowMs, backtest: availability.backtest },
      ...(latency && { latency: { windowMs, backtest: latency.backtest } }),
    },
    result: {
      entityRef: service.entityRef,
      asOf: asOf.toISOString(),
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
        toRecommendation(studied, {
          sliType: 'availability',
          recommendation: availability,
          history: studied.availability,
          fleet: fleet.availability?.evidence ?? null,
          borrowed,
        }),
        ...(latency ? [latency.recommendation] : []),
      ],
    },
  };
}
