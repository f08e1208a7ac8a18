import { replay, type PastForecast } from '../backtest';
import {
  expectedRequests,
  predictUnavailability,
  type Distribution,
} from '../predict';
import {
  assessHistory,
  DAY_MS,
  EngineInputError,
  findUnknownOutcomes,
  historyAsOf,
  historyCompleteness,
  historyFrom,
  historyHours,
  HOUR_MS,
  isMostlyImpossible,
  ratioOf,
  requireObjective,
  requireWindow,
  sumWindow,
  type Assessment,
  type CountSeries,
  type ReportedReason,
  type SliHistory,
  type SloPolicy,
  type UnknownOutcomes,
} from '../sli';

export interface SliInput extends SloPolicy {
  /** All that is known, as far back as the lookback reaches. */
  series: CountSeries;
  /** Instant of the analysis, floored to the hour; nothing at or after it is seen. */
  asOfMs: number;
  /** What is promised today, a fraction in (0, 1). */
  promisedObjective?: number;
  /** Start of the present regime, in milliseconds: the prediction rests on what came since. */
  regimeStartMs?: number;
  /** False where past windows need not be predicted; default true. */
  replayed?: boolean;
  /** Seed of the generator; default a constant. */
  seed?: number;
  /** Reasons from outside, such as partial telemetry. They turn `ok` into `degraded` and are listed. */
  notices?: readonly ReportedReason[];
  /** Reasons from outside why the counts cannot be believed. They turn every verdict into `invalid`. */
  defects?: readonly ReportedReason[];
}

/** What one SLI shows by itself, before it is held against the fleet. */
export interface SliStudy extends SloPolicy, Assessment {
  /** The instant of the analysis, on a full hour. */
  asOfMs: number;
  /** Good share of the requests of the objective window that ends at the analysis. */
  achieved: number | null;
  /** Requests of that window, and those of them that failed; null where unknown or not to be believed. */
  requests: number | null;
  badRequests: number | null;
  /** Requests of that window whose outcome cannot be read; null if there are none. */
  unknown: UnknownOutcomes | null;
  promisedObjective: number | null;
  /** Share in [0, 1] of the hours since the first known one that is known. */
  completeness: number;
  /** Days from the first known hour to the analysis. */
  historyDays: number;
  /** The same of the present regime: days that the prediction rests on. */
  presentDays: number;
  /** Predicted unavailability of the next window; null where the counts are invalid or none is known. */
  distribution: Distribution | null;
  /** Requests that the next window is expected to have. */
  expectedRequests: number;
  /** Good requests that the prediction rests on. */
  goodRequests: number;
  /** Past windows, predicted from what was known before each, oldest first. */
  replay: PastForecast[];
}

const NOTHING_PREDICTED = {
  distribution: null,
  expectedRequests: 0,
  goodRequests: 0,
  replay: [],
};

/**
 * Studies one SLI: whether its counts can carry a number, what the next window will be like, and how the same
 * prediction would have done in the past. Bad histories do not throw, they get a verdict.
 *
 * Throws an EngineInputError, which names the input and the remedy, for arrays of different lengths, a series not
 * aligned to hours, a window that is not of 1 to 90 whole days, an instant outside of 1970 to 9999, and a promised
 * objective outside of (0, 1), and a regime that does not begin before the analysis.
 */
export function studySli(input: SliInput): SliStudy {
  const {
    windowMs,
    promisedObjective,
    seed,
    regimeStartMs,
    replayed = true,
  } = input;
  requireWindow(windowMs);
  if (promisedObjective !== undefined) {
    requireObjective('promisedObjective', promisedObjective);
  }
  const history = historyAsOf(input.series, input.asOfMs);
  if (regimeStartMs !== undefined && !(regimeStartMs < history.asOfMs)) {
    throw new EngineInputError(
      `regimeStartMs is ${regimeStartMs}; pass an instant before the analysis as of ${history.asOfMs}`,
    );
  }
  const { verdict, reasons } = assessHistory(
    history,
    windowMs,
    input.notices,
    input.defects,
  );
  const present =
    regimeStartMs === undefined ? history : historyFrom(history, regimeStartMs);
  const window = sumWindow(history, history.asOfMs - windowMs, history.asOfMs);
  const isSummed = window.knownHours > 0 && !isMostlyImpossible(history);
  return {
    verdict,
    reasons,
    windowMs,
    asOfMs: history.asOfMs,
    achieved: verdict === 'invalid' ? null : ratioOf(window),
    requests: isSummed ? window.total : null,
    badRequests: isSummed && verdict !== 'invalid' ? window.bad : null,
    unknown: findUnknownOutcomes(history, windowMs) ?? null,
    promisedObjective: promisedObjective ?? null,
    completeness: historyCompleteness(history),
    historyDays: daysOf(history),
    presentDays: daysOf(present),
    ...(verdict === 'invalid'
      ? NOTHING_PREDICTED
      : {
          distribution: predictUnavailability(present, { windowMs, seed }),
          expectedRequests: expectedRequests(present, windowMs),
          goodRequests: goodRequestsOf(present),
          replay: replayed ? replay(history, { windowMs, seed }) : [],
        }),
  };
}

function daysOf(history: SliHistory): number {
  return (historyHours(history) * HOUR_MS) / DAY_MS;
}

function goodRequestsOf(history: SliHistory): number {
  const { total, bad } = sumWindow(history, history.startMs, history.asOfMs);
  return total - bad;
}
