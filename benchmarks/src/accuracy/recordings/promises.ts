import {
  allowedFailureRatio,
  keepsObjective,
} from 'backstage-plugin-slo-recommender-engine';
import { median } from '../../report/figures';
import { formatTimes } from '../tables/figures';

/** An objective that would have been promised, null for none, and what came. */
export interface RecordedPromise {
  objective: number | null;
  outcome: { total: number; bad: number };
}

export const PROMISE_COLUMNS = [
  'promised by',
  'promises',
  'kept',
  'broken',
  'none',
  'windows with failures',
  'budget beside them',
];

/** Promises, kept and broken ones, and the median budget beside what came, where something failed. */
export function promiseRow(
  name: string,
  promises: readonly RecordedPromise[],
): string[] {
  const made = promises.flatMap(({ objective, outcome }) =>
    objective === null ? [] : [{ objective, ...outcome }],
  );
  const kept = made.filter(({ objective, total, bad }) =>
    keepsObjective(bad, total, objective),
  );
  const ratios = made
    .filter(({ bad }) => bad > 0)
    .map(
      ({ objective, total, bad }) =>
        (allowedFailureRatio(objective) * total) / bad,
    );
  return [
    name,
    `${made.length}`,
    `${kept.length}`,
    `${made.length - kept.length}`,
    `${promises.length - made.length}`,
    `${ratios.length}`,
    ratios.length > 0 ? formatTimes(median(ratios)) : '',
  ];
}
