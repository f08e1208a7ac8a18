import { attainmentOf, predictUnavailability } from '../predict';
import {
  assessHistory,
  dailyHistory,
  DAY_MS,
  FEWEST_REQUESTS,
  formatPercent,
  historyAsOf,
  historyCompleteness,
  historyHours,
  HOUR_MS,
  ratioOf,
  requireObjective,
  requireWindow,
  sumWindow,
  type CountSeries,
  type HistoryDay,
  type Reason,
  type SliHistory,
  type SloPolicy,
  type Verdict,
} from '../sli';
import { attainmentCurve, type CurvePoint } from './curve';
import { pickTiers, TIER_ATTAINMENT, type TierName, type Tiers } from './tiers';

export interface AvailabilityInput extends SloPolicy {
  /** All that is known, as far back as the lookback reaches. */
  series: CountSeries;
  /** Instant of the analysis, floored to the hour; nothing at or after it is seen. */
  asOfMs: number;
  /** What is promised today, a fraction in (0, 1). */
  promisedObjective?: number;
  /** Seed of the generator; default a constant. */
  seed?: number;
  /** Reasons from outside, such as partial telemetry. They turn `ok` into `degraded` and are listed. */
  notices?: Reason[];
  /** Reasons from outside why the counts cannot be believed. They turn every verdict into `invalid`. */
  defects?: Reason[];
}

export interface AvailabilityRecommendation {
  verdict: Verdict;
  reasons: Reason[];
  /** Good share of the requests of the objective window that ends at the analysis. */
  achieved: number | null;
  /** Requests of that window. */
  requests: number | null;
  /** What is promised today; its P(meet) is null when abstaining. */
  promised: { objective: number; attainment: number | null } | null;
  /** P(meet) of the 12 rungs, lowest first; empty when abstaining. */
  curve: CurvePoint[];
  tiers: Tiers;
  /** One element per UTC day, oldest first. */
  history: HistoryDay[];
  /** Share in [0, 1] of the hours since the first known one that is known. */
  completeness: number;
  /** Days from the first known hour to the analysis. */
  historyDays: number;
}

const NO_TIERS: Tiers = {
  conservative: null,
  balanced: null,
  aggressive: null,
};

/**
 * Recommends an availability objective: what the next window will probably keep, in three tiers, or why nothing can
 * be said. Bad histories do not throw, they get a verdict.
 *
 * Throws an EngineInputError, which names the input and the remedy, for arrays of different lengths, a series not
 * aligned to hours, a window that is not of 1 to 90 whole days, an instant outside of 1970 to 9999, and a promised
 * objective outside of (0, 1).
 */
export function recommendAvailability(
  input: AvailabilityInput,
): AvailabilityRecommendation {
  const { windowMs, promisedObjective, seed } = input;
  requireWindow(windowMs);
  if (promisedObjective !== undefined) {
    requireObjective('promisedObjective', promisedObjective);
  }
  const history = historyAsOf(input.series, input.asOfMs);
  const { verdict, reasons } = assessHistory(
    history,
    windowMs,
    input.notices,
    input.defects,
  );
  const window = sumWindow(history, history.asOfMs - windowMs, history.asOfMs);
  const measured = {
    achieved: verdict === 'invalid' ? null : ratioOf(window),
    requests:
      window.knownHours > 0 && history.faults.length === 0
        ? window.total
        : null,
    history: dailyHistory(history, windowMs),
    completeness: historyCompleteness(history),
    historyDays: (historyHours(history) * HOUR_MS) / DAY_MS,
  };
  if (verdict === 'invalid' || verdict === 'insufficient') {
    return {
      ...measured,
      verdict,
      reasons,
      promised:
        promisedObjective === undefined
          ? null
          : { objective: promisedObjective, attainment: null },
      curve: [],
      tiers: NO_TIERS,
    };
  }
  const samples = predictUnavailability(history, { windowMs, seed });
  const seen = sumWindow(history, history.startMs, history.asOfMs);
  const curve = attainmentCurve(samples, seen.total - seen.bad);
  const tiers = pickTiers(curve, {
    windowMs,
    expectedRequests: expectedRequests(history, windowMs),
  });
  return {
    ...measured,
    verdict,
    reasons: [...reasons, ...reasonsOfMissingTiers(curve, tiers)],
    promised:
      promisedObjective === undefined
        ? null
        : {
            objective: promisedObjective,
            attainment: attainmentOf(samples, promisedObjective),
          },
    curve,
    tiers,
  };
}

/** Requests of the next window, if its hours are like the known ones of the last: or, were those idle, of all. */
function expectedRequests(history: SliHistory, windowMs: number): number {
  const { asOfMs, startMs } = history;
  const recent = sumWindow(history, asOfMs - windowMs, asOfMs);
  const typical =
    recent.total > 0 ? recent : sumWindow(history, startMs, asOfMs);
  return (typical.total / typical.knownHours) * (windowMs / HOUR_MS);
}

/** Why tiers are missing. The verdict stands: the measurement is sound, it is the service that promises too little. */
function reasonsOfMissingTiers(curve: CurvePoint[], tiers: Tiers): Reason[] {
  const names: TierName[] = ['conservative', 'balanced', 'aggressive'];
  const missing = names.filter(name => tiers[name] === null);
  if (missing.length === 0) {
    return [];
  }
  const [lowest] = curve;
  if (!lowest.supported) {
    return [
      {
        code: 'few_good_requests',
        message:
          `Fewer than ${FEWEST_REQUESTS} requests have succeeded, which is too little to support even ` +
          `${formatPercent(lowest.objective)}. Wait for more traffic, and find out what fails.`,
      },
    ];
  }
  const last = missing[missing.length - 1];
  const advice =
    missing.length === names.length
      ? ' Find out what fails before promising anything.'
      : '';
  return [
    {
      code: 'below_ladder',
      message:
        `Even ${formatPercent(lowest.objective)} is kept with a probability of only ` +
        `${formatPercent(lowest.attainment)}, so there is no ${missing.join(' or ')} objective ` +
        `(${last} takes ${formatPercent(TIER_ATTAINMENT[last])}).${advice}`,
    },
  ];
}
