import { LEVELS } from '../predict';

/** How predictions of one stratum, or of the fleet, turned out. */
export interface CalibratedStratum {
  /** Share of past windows within the predicted LEVELS[i]: what to say where the prediction says LEVELS[i]. */
  within: number[];
  /** Past windows, each counted by the share of it that no other overlaps. */
  evidence: number;
  /** As `evidence`, with what was lent by the fleet: how many windows the shares rest on. */
  support: number;
  /** Past windows as they are, overlapping. */
  windows: number;
  services: number;
  /** Share of past windows in which what came was within a factor of two of the predicted median. */
  nearMedian: number;
}

/** What the past windows of a fleet say of its predictions. Plain data, so that it can be stored. */
export interface Calibration {
  asOfMs: number;
  fleet: CalibratedStratum;
  /** By `stratumKey`. */
  strata: [key: string, stratum: CalibratedStratum][];
}

/** Fewest windows and services on which a fleet counts as calibrated: below, the wider answer stands. */
const FEWEST_WINDOWS = 12;
const FEWEST_SERVICES = 20;

/** Whether the fleet shows enough past windows to say how often its predictions come true. */
export function isCalibrated(
  calibration: Calibration | null,
): calibration is Calibration {
  return (
    calibration !== null &&
    calibration.fleet.evidence >= FEWEST_WINDOWS &&
    calibration.fleet.services >= FEWEST_SERVICES
  );
}

/** What is known of the stratum; of the fleet, where it has none of its kind. */
export function stratumIn(
  calibration: Calibration,
  key: string,
): CalibratedStratum {
  const found = calibration.strata.find(([name]) => name === key);
  return found ? found[1] : calibration.fleet;
}

const LAST = LEVELS.length - 1;

/** The curve never says less or more than this: neither a simulation nor a past shows a certainty. */
const LEAST_SURE = 0.0005;
const MOST_SURE = 0.9995;

/** Quantile of the normal distribution for an interval of 90 %. */
const NORMAL_95 = 1.645;

/** P(meet) that may be said, and where it lies with 90 % certainty. */
export interface Attainment {
  attainment: number;
  /** Null where it was not tested on past windows. */
  attainmentInterval: { from: number; to: number } | null;
}

/**
 * What to say where the prediction says `predicted`: as the stratum's past windows came out, with the Wilson interval
 * (JASA 1927) of as many windows; or the prediction itself, where nothing was tested.
 */
export function attainmentOf(
  stratum: CalibratedStratum | null,
  predicted: number,
): Attainment {
  if (!stratum) {
    return { attainment: bounded(predicted), attainmentInterval: null };
  }
  const attainment = bounded(calibratedProbability(stratum, predicted));
  return {
    attainment,
    attainmentInterval: wilsonInterval(attainment, stratum.support),
  };
}

function bounded(probability: number): number {
  return Math.min(MOST_SURE, Math.max(LEAST_SURE, probability));
}

/** Where a share of `count` windows lies with 90 % certainty. */
export function wilsonInterval(
  share: number,
  count: number,
): { from: number; to: number } {
  const n = Math.max(count, 1);
  const z2 = NORMAL_95 ** 2;
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half =
    (NORMAL_95 / (1 + z2 / n)) *
    Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return {
    from: Math.max(0, Math.min(share, middle - half)),
    to: Math.min(1, Math.max(share, middle + half)),
  };
}

/** The calibrated probability, in [0, 1), where the prediction says `predicted`. Rises with it. */
export function calibratedProbability(
  { within }: Pick<CalibratedStratum, 'within'>,
  predicted: number,
): number {
  if (predicted <= LEVELS[0]) {
    return (within[0] * predicted) / LEVELS[0];
  }
  if (predicted >= LEVELS[LAST]) {
    return 1 - ((1 - within[LAST]) * (1 - predicted)) / (1 - LEVELS[LAST]);
  }
  let above = 1;
  while (LEVELS[above] < predicted) {
    above++;
  }
  const share =
    (predicted - LEVELS[above - 1]) / (LEVELS[above] - LEVELS[above - 1]);
  return within[above - 1] + share * (within[above] - within[above - 1]);
}

/** What the prediction has to say for the calibrated probability to be at least `probability`. */
export function predictedFor(
  { within }: Pick<CalibratedStratum, 'within'>,
  probability: number,
): number {
  if (probability > within[LAST]) {
    return 1 - ((1 - probability) * (1 - LEVELS[LAST])) / (1 - within[LAST]);
  }
  let above = 0;
  while (within[above] < probability) {
    above++;
  }
  const low = above === 0 ? 0 : LEVELS[above - 1];
  const from = above === 0 ? 0 : within[above - 1];
  const rise = within[above] - from;
  return rise === 0
    ? LEVELS[above]
    : low + ((probability - from) / rise) * (LEVELS[above] - low);
}
