import {
  attainmentOf,
  calibratedStratum,
  isNearMedian,
  predictedFor,
  isSameRange,
  stratumRange,
  type CalibratedStratum,
  type FleetEvidence,
  type StratumRange,
} from '../calibrate';
import { replayStepMs } from '../backtest';
import { probabilityWithin, quantileOf, type Distribution } from '../predict';
import {
  allowedFailureRatio,
  DAY_MS,
  exceedsBudget,
  type CountReason,
  type ReportedReason,
  type Verdict,
} from '../sli';
import type { SliStudy } from '../study';
import { backtest, type BacktestWindow } from './backtest';
import { attainmentCurve, type CurvePoint } from './curve';
import type { Coverage, FleetReport } from './report';
import { reasonsOfTiers, type TierReason } from './reasonsOfTiers';
import { stratumOfStudy } from './stratumOfStudy';
import { pickTiers, type Tiers } from './tiers';

/** What is taken from similar services, as a service's own data are not enough. */
export interface BorrowedPrediction {
  /** Prediction from own and peers' data. */
  distribution: Distribution;
  /** Weight of the own data, in [0, 1]. */
  ownWeight: number;
}

/** How past predictions of the fleet turned out, as far as readers of a single service see it. */
export type TrackRecord = Pick<FleetReport, 'tested' | 'held' | 'coverage'>;

/**
 * How an answer is known. `conjecture`: borrowed, or not tested. `inference`: tested on the fleet. `validated`: tested
 * on the service's own past windows too.
 */
export type EvidenceLevel = 'conjecture' | 'inference' | 'validated';

/** Unavailability of the next window that is not exceeded with 50, 75, 90 and 99 %. */
export interface PredictedUnavailability {
  median: number;
  p75: number;
  p90: number;
  p99: number;
}

/** What the fleet's past windows say of predictions like this one. */
export interface CalibrationSummary {
  /** `calibrated`: probabilities are corrected by past windows, and the corrected ones held as far as they were tested. */
  state: 'calibrated' | 'uncalibrated';
  /** What the services have in common on whose past windows it was tested; null if it was the whole fleet. */
  stratum: StratumRange | null;
  windows: number;
  services: number;
  /** Share of these windows that kept what would have been said with the nominal probability; empty if not tested. */
  coverage: Coverage['levels'];
}

/** Why a verdict is as it is, and what a reader must know of the tiers. */
export type Reason = CountReason | TierReason | ReportedReason;

export interface SliRecommendation {
  verdict: Verdict;
  reasons: Reason[];
  achieved: number | null;
  requests: number | null;
  expectedRequests: number | null;
  /** What is promised today; its P(meet) is null when abstaining. */
  promised: { objective: number; attainment: number | null } | null;
  /** P(meet) of the rungs and of objectives between them, lowest first; empty when abstaining. */
  curve: CurvePoint[];
  tiers: Tiers;
  predicted: PredictedUnavailability | null;
  level: EvidenceLevel | null;
  /** Probability that what comes is within a factor of two of the predicted median, less what poor data take from it. */
  confidence: number | null;
  calibration: CalibrationSummary | null;
  backtest: BacktestWindow[];
  completeness: number;
  historyDays: number;
}

/** What is recommended if nothing can be predicted. */
export const NOTHING_RECOMMENDED = {
  expectedRequests: null,
  promised: null,
  curve: [],
  tiers: { conservative: null, balanced: null, aggressive: null },
  predicted: null,
  level: null,
  confidence: null,
  calibration: null,
} satisfies Partial<SliRecommendation>;

/** Least weight of own data that counts for the support of rungs. */
const LEAST_WEIGHT = 0.05;

/**
 * Recommends an objective from a study: what the next window will probably keep, in three tiers, or why nothing can be
 * said.
 *
 * @param evidence.fleet - what the fleet's past windows have shown; null leaves the prediction uncalibrated, which errs
 *   on the wide side.
 * @param evidence.record - how such predictions turned out, for the reader; changes no number.
 * @param evidence.borrowed - given where the study abstains for want of data, and peers can stand in.
 */
export function recommendSli(
  study: SliStudy,
  evidence: {
    fleet?: FleetEvidence | null;
    borrowed?: BorrowedPrediction | null;
    record?: TrackRecord | null;
  } = {},
): SliRecommendation {
  const { fleet = null, borrowed = null, record = null } = evidence;
  const { verdict, windowMs, promisedObjective } = study;
  const distribution =
    borrowed?.distribution ??
    (verdict === 'insufficient' ? null : study.distribution);
  const windows = backtest(study.replay, fleet, windowMs);
  const measured = {
    verdict,
    reasons: study.reasons,
    achieved: study.achieved,
    requests: study.requests,
  };
  const known = {
    backtest: windows,
    completeness: study.completeness,
    historyDays: study.historyDays,
  };
  if (!distribution || verdict === 'invalid') {
    return {
      ...measured,
      ...NOTHING_RECOMMENDED,
      promised:
        promisedObjective === null
          ? null
          : { objective: promisedObjective, attainment: null },
      ...known,
    };
  }
  const kind = stratumOfStudy(study);
  const stratum = calibratedStratum(fleet?.calibration, kind);
  const held = record === null || (record.tested && record.held);
  const attain = (objective: number) =>
    attainmentOf(
      stratum,
      // an objective met exactly is met
      probabilityWithin(
        distribution,
        allowedFailureRatio(objective) * (1 + 1e-9),
      ),
    );
  const support = borrowed
    ? study.goodRequests / Math.max(LEAST_WEIGHT, borrowed.ownWeight)
    : study.goodRequests;
  const curve = attainmentCurve(support, attain);
  const tiers = pickTiers(curve, study);
  const quantile = (probability: number) =>
    quantileOf(
      distribution,
      stratum ? predictedFor(stratum, probability) : probability,
    );
  const caveats = unknownsBeyondBudget(study, tiers);
  return {
    ...measured,
    verdict: verdict === 'ok' && caveats.length > 0 ? 'degraded' : verdict,
    reasons: [...study.reasons, ...caveats, ...reasonsOfTiers(curve, tiers)],
    expectedRequests: study.expectedRequests,
    promised:
      promisedObjective === null
        ? null
        : {
            objective: promisedObjective,
            attainment: attain(promisedObjective).attainment,
          },
    curve,
    tiers,
    predicted: {
      median: quantile(0.5),
      p75: quantile(0.75),
      p90: quantile(0.9),
      p99: quantile(0.99),
    },
    level: levelOf(windows, stratum !== null && held, borrowed),
    confidence: confidenceOf(study, stratum),
    calibration: {
      state: stratum !== null && held ? 'calibrated' : 'uncalibrated',
      ...testedOn(stratumRange(kind, windowMs), record),
    },
    ...known,
  };
}

/**
 * Few outcomes may be unknown and still be more than a high objective lets fail. Empty if the study says so already.
 */
function unknownsBeyondBudget(
  { unknown, reasons }: SliStudy,
  { balanced }: Tiers,
): CountReason[] {
  return unknown &&
    balanced &&
    exceedsBudget(unknown, balanced.objective) &&
    !reasons.some(({ code }) => code === 'unknown_outcomes')
    ? [{ code: 'unknown_outcomes', ...unknown }]
    : [];
}

/** Fewest windows and services for the record of a stratum to be shown in place of that of the fleet. */
const FEWEST_WINDOWS = 40;
const FEWEST_SERVICES = 10;

function testedOn(
  range: StratumRange,
  record: TrackRecord | null,
): Omit<CalibrationSummary, 'state'> {
  if (!record?.tested) {
    return { stratum: range, windows: 0, services: 0, coverage: [] };
  }
  const own = record.coverage.find(
    one =>
      one.stratum !== null &&
      isSameRange(one.stratum, range) &&
      one.windows >= FEWEST_WINDOWS &&
      one.services >= FEWEST_SERVICES,
  );
  const { stratum, windows, services, levels } = own ?? record.coverage[0];
  return { stratum, windows, services, coverage: levels };
}

/** Past windows of its own that it takes to call a service's recommendation validated. */
const WINDOWS_TO_VALIDATE = 4;

function levelOf(
  windows: readonly BacktestWindow[],
  isCalibrated: boolean,
  borrowed: BorrowedPrediction | null,
): EvidenceLevel {
  if (borrowed || !isCalibrated) {
    return 'conjecture';
  }
  const judged = windows.filter(({ kept }) => kept !== null);
  const broken = judged.filter(({ kept }) => kept === false).length;
  return judged.length >= WINDOWS_TO_VALIDATE && broken <= judged.length / 4
    ? 'validated'
    : 'inference';
}

/** Windows' worth of the stratum beside the service's own. */
const STRATUM_WEIGHT = 4;

/** Said where nothing was tested: half of what comes is taken to be within a factor of two. */
const UNTESTED = 0.5;

/**
 * How often what came was within a factor of two of the predicted median, in the stratum and in the service's own past
 * windows, times the share of hours known, times how much of a window and a quarter the history is past.
 */
function confidenceOf(
  study: SliStudy,
  stratum: CalibratedStratum | null,
): number {
  const { replay, windowMs, completeness, presentDays } = study;
  const share = replayStepMs(windowMs) / windowMs;
  const near = replay.filter(isNearMedian).length * share;
  const tested =
    (near + STRATUM_WEIGHT * (stratum?.nearMedian ?? UNTESTED)) /
    (replay.length * share + STRATUM_WEIGHT);
  const windows = (presentDays * DAY_MS) / windowMs;
  return tested * completeness * (windows / (windows + 0.25));
}
