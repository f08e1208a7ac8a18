import { DAY_MS } from '../sli';

/** What distinguishes predictions: how much traffic, and how long a history. */
export interface Stratum {
  traffic: number;
  age: number;
}

/** Where one class of traffic ends and the next begins, in requests a window. */
const TRAFFIC_BOUNDS = [1e4, 1e6, 1e8];

/** Where one class of age ends and the next begins, in windows. */
const AGE_BOUNDS = [1, 2];

/** The stratum of a prediction, by the usual requests of a window and the history it had. */
export function stratumOf(prediction: {
  usualRequests: number;
  historyDays: number;
  windowMs: number;
}): Stratum {
  const windows = (prediction.historyDays * DAY_MS) / prediction.windowMs;
  return {
    traffic: classOf(prediction.usualRequests, TRAFFIC_BOUNDS),
    age: classOf(windows * (1 + 1e-9), AGE_BOUNDS),
  };
}

function classOf(value: number, bounds: readonly number[]): number {
  const index = bounds.findIndex(bound => value < bound);
  return index === -1 ? bounds.length : index;
}

/** Identifies a stratum in a calibration. */
export function stratumKey({ traffic, age }: Stratum): string {
  return `traffic-${traffic} age-${age}`;
}

/** From `from` on, and below `to`; null if there is no end. */
export interface Range {
  from: number;
  to: number | null;
}

/** What the services of a stratum have in common. */
export interface StratumRange {
  /** Usual requests of a window. */
  requests: Range;
  historyDays: Range;
}

export function stratumRange(
  { traffic, age }: Stratum,
  windowMs: number,
): StratumRange {
  const ages = AGE_BOUNDS.map(bound => (bound * windowMs) / DAY_MS);
  return {
    requests: rangeOf(TRAFFIC_BOUNDS, traffic),
    historyDays: rangeOf(ages, age),
  };
}

function rangeOf(bounds: readonly number[], i: number): Range {
  return { from: i > 0 ? bounds[i - 1] : 0, to: bounds[i] ?? null };
}

export function isSameRange(a: StratumRange, b: StratumRange): boolean {
  return (
    a.requests.from === b.requests.from &&
    a.historyDays.from === b.historyDays.from &&
    a.historyDays.to === b.historyDays.to
  );
}
