import type { ChangePoint } from '../history';
import type { SliRecommendation } from '../recommend';

/** All that may be said of a recommendation: every number of the text is one of these. */
export interface ExplanationFacts extends Pick<
  SliRecommendation,
  | 'verdict'
  | 'achieved'
  | 'requests'
  | 'expectedRequests'
  | 'curve'
  | 'tiers'
  | 'level'
  | 'confidence'
  | 'calibration'
  | 'completeness'
  | 'historyDays'
> {
  windowMs: number;
  /** What is promised today; of a latency SLI with its threshold, which need not be the recommended one. */
  promised: {
    objective: number;
    attainment: number | null;
    /** Null for availability. */
    thresholdSeconds: number | null;
  } | null;
  /** Of a latency SLI, in seconds; null for availability. */
  thresholdSeconds: number | null;
  /** Why this threshold was chosen, in words. */
  thresholdReason: string | null;
  /** Past windows in which something would have been recommended, and those of them that kept it. */
  backtest: { judged: number; kept: number } | null;
  borrowed: BorrowedFacts | null;
  /** A longer window that would leave room for a few failures where this one has none; null where none is advised. */
  longerWindowMs: number | null;
  regime: RegimeFacts | null;
  exclusions: ExclusionFacts | null;
  /** Whether the telemetry is made up by a simulation. */
  simulated: boolean;
}

/** What was taken from similar services. */
export interface BorrowedFacts {
  /** Weight of the service's own data, in [0, 1]. */
  ownWeight: number;
  peers: number;
  /** What the peers are, in words. */
  peerGroup: string;
  /** When the service's own data will suffice; null where that cannot be told. */
  sufficientAtMs: number | null;
}

/** What changed, and what the recommendation rests on. */
export interface RegimeFacts {
  /** Oldest first. */
  changePoints: readonly ChangePoint[];
  /** Whether the tiers rest on the present regime alone. */
  applied: boolean;
  presentObjective: number | null;
  wholeHistoryObjective: number | null;
}

/** What leaving out excluded hours does. */
export interface ExclusionFacts {
  excludedShare: number;
  cap: number;
  hoursOverCap: number;
  achievedWithExclusions: number | null;
  achievedWithoutExclusions: number | null;
  objectiveWithExclusions: number | null;
  objectiveWithoutExclusions: number | null;
}
