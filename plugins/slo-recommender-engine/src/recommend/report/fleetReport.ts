import { replayStepMs } from '../../backtest';
import { isCalibrated, type FleetEvidence } from '../../calibrate';
import { allowedFailureRatio } from '../../sli';
import { ScoreSum, type BacktestWindow, type Scores } from '../backtest';
import { CoverageCount, type Coverage } from './CoverageCount';
import { type FleetWindow, ServiceCount } from './FleetWindow';
import { MonthlyPromises, type MonthlyPromise } from './MonthlyPromises';
import { Reliability, type ReliabilityBin } from './Reliability';

/** The past windows of one SLI, judged. */
export interface BacktestedSli {
  windowMs: number;
  backtest: readonly BacktestWindow[];
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

const PIT_BINS = 10;

/** Everything that the report says of some of the fleet's windows. */
class WindowSummary {
  readonly #services = new ServiceCount();
  readonly #reliability = new Reliability();
  readonly #scores = new ScoreSum();
  readonly #coverage = new CoverageCount();
  readonly #monthly = new MonthlyPromises();
  readonly #pitCounts = new Array<number>(PIT_BINS).fill(0);
  #promised = 0;
  #vacuous = 0;
  #broken = 0;
  windows = 0;

  add(window: FleetWindow): void {
    this.windows++;
    this.#services.add(window.service);
    this.#reliability.add(window);
    this.#scores.add(window);
    this.#coverage.add(window);
    this.#monthly.add(window);
    this.#pitCounts[
      Math.min(PIT_BINS - 1, Math.floor(window.pit * PIT_BINS))
    ]++;
    if (window.kept !== null) {
      this.#promised++;
      this.#vacuous += isVacuous(window) ? 1 : 0;
      this.#broken += window.kept ? 0 : 1;
    }
  }

  summary(): Omit<FleetReport, 'calibrated' | 'tested' | 'held'> {
    const { windows } = this;
    const promised = this.#promised;
    return {
      windows,
      services: this.#services.count,
      reliability: this.#reliability.filledBins(),
      pitHistogram:
        windows === 0 ? [] : this.#pitCounts.map(count => count / windows),
      ...this.#scores.scores(),
      vacuousShare: promised === 0 ? null : this.#vacuous / promised,
      brokenShare: promised === 0 ? null : this.#broken / promised,
      coverage: this.#coverage.coverage(),
      monthly: this.#monthly.monthly(),
    };
  }
}

function isVacuous({ recommended, requests, bad }: FleetWindow): boolean {
  const budget = allowedFailureRatio(recommended ?? 0) * requests;
  return budget > VACUOUS * Math.max(1, bad);
}

/** Puts the report of a fleet together, one service after the other. */
export class FleetReporter {
  readonly #calibrated = new WindowSummary();
  readonly #uncalibrated = new WindowSummary();
  #services = 0;

  /** @param slis - of one service: they fail together, and weigh as much as one. */
  add(slis: readonly BacktestedSli[]): void {
    const service = this.#services++;
    for (const { backtest, windowMs } of slis) {
      const evidence = replayStepMs(windowMs) / windowMs / slis.length;
      for (const window of backtest) {
        const summary = window.calibrated
          ? this.#calibrated
          : this.#uncalibrated;
        summary.add({ ...window, service, windowMs, evidence });
      }
    }
  }

  /**
   * How calibrated the fleet's past predictions were. Windows from before the fleet had shown enough to calibrate them
   * are left out, unless there are no others.
   */
  report(fleet: FleetEvidence): FleetReport {
    const tested = this.#calibrated.windows > 0;
    const summary = (tested ? this.#calibrated : this.#uncalibrated).summary();
    return {
      calibrated: isCalibrated(fleet.calibration),
      tested,
      held: summary.coverage[0].levels.every(isNear),
      ...summary,
    };
  }
}

/** Points by which a share may differ from its nominal level. */
const NEAR = 0.04;

function isNear({ nominal, interval }: Coverage['levels'][number]): boolean {
  return interval.from - NEAR <= nominal && nominal <= interval.to + NEAR;
}

/** The report of a whole fleet, of each service one SLI. */
export function fleetReport(
  slis: readonly BacktestedSli[],
  fleet: FleetEvidence,
): FleetReport {
  const reporter = new FleetReporter();
  slis.forEach(sli => reporter.add([sli]));
  return reporter.report(fleet);
}
