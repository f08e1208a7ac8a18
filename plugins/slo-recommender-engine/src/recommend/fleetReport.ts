import {
  isCalibrated,
  stratumKey,
  stratumLabel,
  stratumOf,
  wilsonInterval,
  type FleetEvidence,
} from '../calibrate';
import { replayStepMs } from '../backtest';
import { allowedFailureRatio, keepsObjective, OBJECTIVE_LADDER } from '../sli';
import { scoresOf, type BacktestWindow, type Scores } from './backtest';
import { TIER_ATTAINMENT } from './tiers';

/** The past windows of one SLI, judged. */
export interface BacktestedSli {
  windowMs: number;
  backtest: readonly BacktestWindow[];
}

/** Past predictions with probabilities between two values, and how many came true. */
export interface ReliabilityBin {
  from: number;
  to: number;
  /** Mean predicted probability, and share that came true with its 90 % interval. */
  predicted: number;
  observed: number;
  interval: { from: number; to: number };
  predictions: number;
}

export interface Coverage {
  label: string;
  windows: number;
  services: number;
  levels: {
    nominal: number;
    observed: number;
    interval: { from: number; to: number };
  }[];
}

/** The windows that ended in one month of UTC. */
export interface MonthlyPromise {
  /** For example `2026-10`. */
  month: string;
  windows: number;
  /** Medians. */
  recommended: number;
  achieved: number;
  keptShare: number;
}

/** How past predictions of a fleet turned out, each made from what was known before its window began. */
export interface FleetReport extends Scores {
  /** Whether the fleet shows enough past windows to correct predictions. */
  calibrated: boolean;
  /** Whether the windows below were predicted with such a correction; without it where none began late enough. */
  tested: boolean;
  /**
   * Whether the probabilities held: at no tier's level is the share of windows further than four points from it, however
   * kindly chance is taken into account.
   */
  held: boolean;
  windows: number;
  services: number;
  /** Least probable first. */
  reliability: ReliabilityBin[];
  /** Share of windows in each tenth of the predicted distribution. */
  pitHistogram: number[];
  /** Share of balanced recommendations that allow more than ten times the failures that came; that were broken. */
  vacuousShare: number | null;
  brokenShare: number | null;
  /** The whole fleet first, then its strata. */
  coverage: Coverage[];
  /** Oldest first. */
  monthly: MonthlyPromise[];
}

/** Budgets of more than so many times what failed promise nothing. */
const VACUOUS = 10;

/**
 * Reports how calibrated the fleet's past predictions were. Windows from before the fleet had shown enough to
 * calibrate them are left out, unless there are no others.
 */
export function fleetReport(
  slis: readonly BacktestedSli[],
  fleet: FleetEvidence,
): FleetReport {
  const everything = slis.flatMap(({ backtest, windowMs }, service) =>
    backtest.map(window => ({ ...window, service, windowMs })),
  );
  const tested = everything.filter(({ calibrated }) => calibrated);
  const windows = tested.length > 0 ? tested : everything;
  const promised = windows.filter(({ kept }) => kept !== null);
  const coverage = coverageOf(windows);
  return {
    calibrated: isCalibrated(fleet.calibration),
    tested: tested.length > 0,
    held: coverage[0].levels.every(isNear),
    windows: windows.length,
    services: countServices(windows),
    reliability: reliabilityOf(windows),
    pitHistogram: pitHistogramOf(windows),
    ...scoresOf(windows),
    vacuousShare: shareOf(promised, isVacuous),
    brokenShare: shareOf(promised, ({ kept }) => kept === false),
    coverage,
    monthly: monthlyOf(promised),
  };
}

/** Points by which a share may differ from its nominal level. */
const NEAR = 0.04;

function isNear({ nominal, interval }: Coverage['levels'][number]): boolean {
  return interval.from - NEAR <= nominal && nominal <= interval.to + NEAR;
}

interface FleetWindow extends BacktestWindow {
  service: number;
  windowMs: number;
}

function countServices(windows: readonly FleetWindow[]): number {
  return new Set(windows.map(({ service }) => service)).size;
}

/** Windows' worth of evidence: those that overlap count by the share that no other does. */
function evidenceOf(windows: readonly FleetWindow[]): number {
  return windows.reduce(
    (sum, { windowMs }) => sum + replayStepMs(windowMs) / windowMs,
    0,
  );
}

function shareOf(
  windows: readonly FleetWindow[],
  applies: (window: FleetWindow) => boolean,
): number | null {
  return windows.length === 0
    ? null
    : windows.filter(applies).length / windows.length;
}

function isVacuous({ recommended, requests, bad }: FleetWindow): boolean {
  const budget = allowedFailureRatio(recommended ?? 0) * requests;
  return budget > VACUOUS * Math.max(1, bad);
}

/** Where one bin of the reliability diagram ends and the next begins: finer where promises are made. */
const BIN_BOUNDS = [
  0, 0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.92, 0.97, 0.99, 1,
];

function reliabilityOf(windows: readonly FleetWindow[]): ReliabilityBin[] {
  const bins = BIN_BOUNDS.slice(1).map((to, i) => ({
    from: BIN_BOUNDS[i],
    to,
    predicted: 0,
    kept: 0,
    evidence: 0,
    predictions: 0,
  }));
  for (const { attainments, bad, requests, windowMs } of windows) {
    const evidence = replayStepMs(windowMs) / windowMs;
    OBJECTIVE_LADDER.forEach((objective, rung) => {
      const predicted = attainments[rung];
      const bin = bins.find(({ to }) => predicted <= to);
      if (bin) {
        bin.predicted += predicted;
        bin.kept += keepsObjective(bad, requests, objective) ? 1 : 0;
        bin.evidence += evidence;
        bin.predictions++;
      }
    });
  }
  return bins
    .filter(({ predictions }) => predictions > 0)
    .map(({ from, to, predicted, kept, evidence, predictions }) => ({
      from,
      to,
      predicted: predicted / predictions,
      observed: kept / predictions,
      interval: wilsonInterval(kept / predictions, evidence),
      predictions,
    }));
}

const PIT_BINS = 10;

function pitHistogramOf(windows: readonly FleetWindow[]): number[] {
  const counts = new Array<number>(PIT_BINS).fill(0);
  for (const { pit } of windows) {
    counts[Math.min(PIT_BINS - 1, Math.floor(pit * PIT_BINS))]++;
  }
  return windows.length === 0
    ? []
    : counts.map(count => count / windows.length);
}

function coverageOf(windows: readonly FleetWindow[]): Coverage[] {
  const strata = new Map<string, { label: string; members: FleetWindow[] }>();
  for (const window of windows) {
    const stratum = stratumOf(window);
    const key = stratumKey(stratum);
    const found = strata.get(key) ?? {
      label: stratumLabel(stratum, window.windowMs),
      members: [],
    };
    strata.set(key, found);
    found.members.push(window);
  }
  return [
    { label: 'All services', members: [...windows] },
    ...[...strata].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one),
  ].map(({ label, members }) => ({
    label,
    windows: members.length,
    services: countServices(members),
    levels:
      members.length === 0
        ? []
        : Object.values(TIER_ATTAINMENT)
            .sort((a, b) => a - b)
            .map(nominal => {
              const observed =
                members.filter(({ pit }) => pit <= nominal).length /
                members.length;
              return {
                nominal,
                observed,
                interval: wilsonInterval(observed, evidenceOf(members)),
              };
            }),
  }));
}

function monthlyOf(windows: readonly FleetWindow[]): MonthlyPromise[] {
  const months = new Map<string, FleetWindow[]>();
  for (const window of windows) {
    // a window that ends at midnight belongs to the day before
    const month = new Date(window.toMs - 1).toISOString().slice(0, 7);
    const members = months.get(month) ?? [];
    months.set(month, members);
    members.push(window);
  }
  return [...months]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, members]) => ({
      month,
      windows: members.length,
      recommended: median(members.map(({ recommended }) => recommended ?? 0)),
      achieved: median(members.map(({ achieved }) => achieved)),
      keptShare: members.filter(({ kept }) => kept).length / members.length,
    }));
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
