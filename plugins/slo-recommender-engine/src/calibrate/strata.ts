import { DAY_MS } from '../sli';

/** What predictions are told apart by: how much traffic, and how long a history. */
export interface Stratum {
  traffic: number;
  age: number;
}

/** Where one class of traffic ends and the next begins, in requests a window. */
const TRAFFIC_BOUNDS = [1e4, 1e6, 1e8];
const TRAFFIC_LABELS = [
  'fewer than 10 k requests a window',
  '10 k to 1 M requests a window',
  '1 M to 100 M requests a window',
  '100 M requests a window or more',
];

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

/** For people: `1 M to 100 M requests a window, 28 to 56 days of history`. */
export function stratumLabel(stratum: Stratum, windowMs: number): string {
  const [short, long] = AGE_BOUNDS.map(bound => (bound * windowMs) / DAY_MS);
  const ages = [
    `less than ${short} ${short === 1 ? 'day' : 'days'} of history`,
    `${short} to ${long} days of history`,
    `${long} days of history or more`,
  ];
  return `${TRAFFIC_LABELS[stratum.traffic]}, ${ages[stratum.age]}`;
}
