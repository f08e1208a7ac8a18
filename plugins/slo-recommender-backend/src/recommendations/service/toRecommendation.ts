import {
  type Backtest,
  defaultSloKey,
  type ExclusionEffect,
  explain,
  formatDuration,
  type LatencyProfile,
  peerGroupWords,
  type Provenance,
  type Recommendation,
  type Regime,
  type SliType,
  stratumWords,
  writeReason,
} from 'backstage-plugin-slo-recommender-common';
import {
  type BacktestWindow,
  DEFAULT_SEED,
  keepsObjective,
  longerWindow,
  scoresOf,
  type SliRecommendation,
  type SliStudy,
} from 'backstage-plugin-slo-recommender-engine';
import engine from 'backstage-plugin-slo-recommender-engine/package.json';
import { DAY_MS } from '../../kernel/time/hours';
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
  latency: LatencyProfile | null;
}

/** Writes what the engine concluded as the API has it: with instants instead of milliseconds, and reasons in words. */
export function toRecommendation(
  studied: StudiedService,
  concluded: ConcludedSli,
): Omit<Recommendation, 'history'> {
  const { sliType, borrowed, latency, thresholdSeconds } = concluded;
  const {
    backtest: windows,
    completeness,
    historyDays,
    ...recommendation
  } = concluded.recommendation;
  const { calibration } = recommendation;
  const objective = recommendation.tiers.balanced?.objective ?? null;
  const facts = {
    sliType,
    ...recommendation,
    reasons: recommendation.reasons.map(writeReason),
    calibration: calibration && {
      ...calibration,
      stratum: stratumWords(calibration.stratum),
    },
    borrowed: borrowed && {
      ownWeight: borrowed.ownWeight,
      peers: borrowed.peers,
      peerGroup: peerGroupWords(borrowed.peerGroup),
      sufficientAt:
        borrowed.sufficientAtMs === null
          ? null
          : isoOf(borrowed.sufficientAtMs),
    },
    regime: regimeOf(concluded, objective),
    exclusions: exclusionsOf(studied, concluded, objective),
    backtest: backtestOf(windows, objective),
  };
  const dataQuality = {
    completeness,
    historyDays,
    source: studied.datasourceId,
    evidence:
      sliType === 'latency' ? studied.latencyEvidence : studied.evidence,
    failureDefinition:
      sliType === 'latency'
        ? 'requests slower than the threshold'
        : studied.failureDefinition,
    findings: studied.findings,
    simulated: studied.simulated,
  };
  return {
    ...defaultSloKey(concluded),
    ...facts,
    explanation: explain({
      ...facts,
      window: formatDuration(studied.windowMs),
      longerWindow: longerWindowOf(studied.windowMs, recommendation),
      latency,
      thresholdSeconds,
      dataQuality,
    }),
    provenance: provenanceOf(studied),
    latency,
    dataQuality,
    ...(thresholdSeconds === undefined ? {} : { thresholdSeconds }),
  };
}

/** A budget of less than this many requests says little: a longer window is advised. */
const FEW_FAILURES = 1;

function longerWindowOf(
  windowMs: number,
  {
    tiers: { balanced },
    expectedRequests,
  }: Pick<SliRecommendation, 'tiers' | 'expectedRequests'>,
): string | null {
  if (
    !balanced ||
    expectedRequests === null ||
    balanced.budgetRequests >= FEW_FAILURES
  ) {
    return null;
  }
  const longer = longerWindow({
    requestsPerDay: expectedRequests / (windowMs / DAY_MS),
    objective: balanced.objective,
  });
  return longer !== null && longer > windowMs ? formatDuration(longer) : null;
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
    changePoints: regime.changePoints.map(({ atMs, ...change }) => ({
      at: isoOf(atMs),
      ...change,
    })),
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
