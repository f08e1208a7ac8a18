import {
  DAILY_REQUESTS,
  DAYS_BETWEEN_INCIDENTS,
  LOOKBACK_DAYS,
  type Trial,
  WINDOW_DAYS,
} from '../fleet';
import type { Judged } from './judge';

/** Trials that have something in common. */
export interface Stratum {
  /** Traffic, age, incidents seen or incident rate. */
  axis: string;
  label: string;
  holds(trial: Trial): boolean;
}

/** Strata of one axis, cut at the bounds given: each begins where the one before ends. */
function cutAt(
  axis: string,
  valueOf: (trial: Trial) => number,
  labels: readonly string[],
  bounds: readonly number[],
): Stratum[] {
  return labels.map((label, i) => ({
    axis,
    label,
    holds: trial =>
      valueOf(trial) >= (bounds[i - 1] ?? -Infinity) &&
      valueOf(trial) < (bounds[i] ?? Infinity),
  }));
}

const [FEWEST, MOST] = DAILY_REQUESTS;
const THIRDS = [1 / 3, 2 / 3];
const trafficBounds = THIRDS.map(share => FEWEST * (MOST / FEWEST) ** share);
const rateBounds = THIRDS.map(
  share => -Math.log(1 - share) / DAYS_BETWEEN_INCIDENTS,
);
const [fewRequests, manyRequests] = trafficBounds.map(bound =>
  Math.round(bound).toLocaleString('en', { maximumSignificantDigits: 2 }),
);
const [rareDays, oftenDays] = rateBounds.map(bound => Math.round(1 / bound));

export const STRATA: readonly Stratum[] = [
  ...cutAt(
    'traffic',
    ({ service }) => service.requestsPerDay,
    [
      `below ${fewRequests} requests a day`,
      `${fewRequests} to ${manyRequests}`,
      `above ${manyRequests}`,
    ],
    trafficBounds,
  ),
  ...cutAt(
    'age',
    ({ historyDays }) => historyDays,
    [
      `less than ${WINDOW_DAYS} days of history`,
      `${WINDOW_DAYS} to 60 days`,
      `${LOOKBACK_DAYS} days`,
    ],
    [WINDOW_DAYS, LOOKBACK_DAYS],
  ),
  ...cutAt(
    'incidents seen',
    ({ incidentsSeen }) => incidentsSeen,
    ['no incident in the history', '1 or 2', '3 or more'],
    [1, 3],
  ),
  ...cutAt(
    'true incident rate',
    ({ service }) => service.incidentRate,
    [
      `an incident in more than ${rareDays} days`,
      `in ${oftenDays} to ${rareDays} days`,
      `in less than ${oftenDays} days`,
    ],
    rateBounds,
  ),
];

export function inStratum(
  judged: readonly Judged[],
  { holds }: Pick<Stratum, 'holds'>,
): Judged[] {
  return judged.filter(({ trial }) => holds(trial));
}
