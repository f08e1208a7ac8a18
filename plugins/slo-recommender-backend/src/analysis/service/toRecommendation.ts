import type {
  Backtest,
  ExclusionEffect,
  Provenance,
  Recommendation,
  Regime,
  SliType,
} from 'backstage-plugin-slo-recommender-common';
import {
  type BacktestWindow,
  DEFAULT_SEED,
  keepsObjective,
  scoresOf,
  type SliRecommendation,
  type SliStudy,
} from 'backstage-plugin-slo-recommender-engine';
import engine from 'backstage-plugin-slo-recommender-engine/package.json';
import type { StoredRecommendation } from '../../store';
import { explanationOf } from './explanationOf';
import type { BorrowedFromPeers } from './FleetKnowledge';
import type { StudiedHistory } from './studyHistory';
import type { StudiedService } from './studyService';

/** One SLI of a service, concluded. */
export interface ConcludedSli {
  sliType: SliType;
  recommendation: Omit<SliRecommendation, 'promised'> & {
    promised: Recommendation['promised'];
  };
  history: StudiedHistory;
  /** The balanced objective of another study of the same SLI. */
  balancedOf: (study: SliStudy) => number | null;
  borrowed: BorrowedFromPeers | null;
  /** Of a latency SLI. */
  thresholdSeconds?: number;
  frontierReason?: string | null;
}

/** Writes what the engine concluded as the API has it. */
export function toRecommendation(
  studied: StudiedService,
  concluded: ConcludedSli,
): StoredRecommendation {
  const { sliType, recommendation, borrowed } = concluded;
  const objective = recommendation.tiers.balanced?.objective ?? null;
  const { calibration } = recommendation;
  const regime = regimeOf(concluded, objective);
  const exclusions = exclusionsOf(studied, concluded, objective);
  const backtest = backtestOf(recommendation.backtest, objective);
  return {
    sliType,
    verdict: recommendation.verdict,
    reasons: recommendation.reasons,
    achieved: recommendation.achieved,
    requests: recommendation.requests,
    expectedRequests: recommendation.expectedRequests,
    promised: recommendation.promised,
    curve: recommendation.curve,
    tiers: recommendation.tiers,
    predicted: recommendation.predicted,
    level: recommendation.level,
    confidence: recommendation.confidence,
    calibration: calibration && {
      state: calibration.calibrated ? 'calibrated' : 'uncalibrated',
      stratum: calibration.stratum,
      windows: calibration.windows,
      services: calibration.services,
      coverage: calibration.coverage,
    },
    borrowed: borrowed && {
      ownWeight: borrowed.ownWeight,
      peers: borrowed.peers,
      peerGroup: borrowed.peerGroup,
      sufficientAt:
        borrowed.sufficientAtMs === null
          ? null
          : isoOf(borrowed.sufficientAtMs),
    },
    regime,
    exclusions,
    backtest,
    explanation: explanationOf(studied, concluded, {
      regime,
      exclusions,
      backtest,
    }),
    provenance: provenanceOf(studied),
    latency: null,
    dataQuality: {
      completeness: recommendation.completeness,
      historyDays: recommendation.historyDays,
      source: studied.datasourceId,
      evidence:
        sliType === 'latency' ? studied.latencyEvidence : studied.evidence,
      failureDefinition:
        sliType === 'latency'
          ? 'requests slower than the threshold'
          : studied.failureDefinition,
      findings: studied.findings,
      simulated: studied.simulated,
    },
  };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

function regimeOf(
  { history: { regime }, balancedOf }: ConcludedSli,
  objective: number | null,
): Regime | null {
  if (!regime) return null;
  const { wholeHistory } = regime;
  return {
    since: isoOf(regime.sinceMs),
    changePoints: regime.changePoints.map(
      ({ atMs, direction, before, after, event }) => ({
        at: isoOf(atMs),
        direction,
        before,
        after,
        event,
      }),
    ),
    applied: wholeHistory !== null,
    presentObjective: wholeHistory ? objective : null,
    wholeHistoryObjective: wholeHistory ? balancedOf(wholeHistory) : objective,
  };
}

function exclusionsOf(
  { exclusionCap }: StudiedService,
  { history: { exclusions }, recommendation, balancedOf }: ConcludedSli,
  objective: number | null,
): ExclusionEffect | null {
  if (!exclusions) return null;
  const { countingAll } = exclusions;
  return {
    excludedShare: exclusions.share,
    cap: exclusionCap,
    hoursOverCap: exclusions.hoursOverCap,
    achievedWithExclusions: recommendation.achieved,
    achievedWithoutExclusions: countingAll.achieved,
    objectiveWithExclusions: objective,
    objectiveWithoutExclusions: balancedOf(countingAll),
  };
}

function backtestOf(
  windows: readonly BacktestWindow[],
  objective: number | null,
): Backtest | null {
  if (windows.length === 0) return null;
  const judged = windows.filter(({ kept }) => kept !== null);
  return {
    windows: windows.map(
      ({ fromMs, toMs, requests, bad, achieved, recommended, ...window }) => ({
        from: isoOf(fromMs),
        to: isoOf(toMs),
        requests,
        achieved,
        recommended,
        attainment: window.attainment,
        kept: window.kept,
        keptRecommendedNow:
          objective === null ? null : keepsObjective(bad, requests, objective),
      }),
    ),
    judged: judged.length,
    kept: judged.filter(({ kept }) => kept).length,
    ...scoresOf(windows),
  };
}

function provenanceOf(studied: StudiedService): Provenance {
  return {
    inputsHash: studied.inputsHash,
    engineVersion: engine.version,
    seed: DEFAULT_SEED,
    queries: [...new Set([studied.evidence, studied.latencyEvidence])]
      .filter(evidence => evidence !== null)
      .map(evidence => `${studied.datasourceId}: ${evidence}`),
  };
}
