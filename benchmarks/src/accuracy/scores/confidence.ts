import { median } from '../../report/figures';
import { type Judged, quantileAt } from './judge';

/** Forecasts of similar confidence. */
export interface ConfidenceGroup {
  forecasts: number;
  /** Least and greatest confidence, in [0, 1]. */
  from: number;
  to: number;
  /** Median factor, at least 1, between the predicted median and what came. */
  error: number;
}

/** Factor, at least 1, by which the predicted median missed what came. Less than half a failure counts as half a one. */
export function errorFactor(judged: Judged): number {
  const { total, bad } = judged.trial.outcome;
  const predicted = Math.max(0.5, quantileAt(judged, 0.5) * total);
  return Math.exp(Math.abs(Math.log(predicted / Math.max(0.5, bad))));
}

interface Confident {
  confidence: number;
  error: number;
}

function confidentOf(judged: readonly Judged[]): Confident[] {
  return judged.flatMap(one =>
    one.confidence === undefined
      ? []
      : [{ confidence: one.confidence, error: errorFactor(one) }],
  );
}

/** Ten groups of equal size, least confident first; none where the method has no confidence. */
export function confidenceGroups(judged: readonly Judged[]): ConfidenceGroup[] {
  const sorted = confidentOf(judged).sort(
    (a, b) => a.confidence - b.confidence,
  );
  return Array.from({ length: 10 }, (_, tenth) =>
    sorted.slice(
      Math.floor((tenth * sorted.length) / 10),
      Math.floor(((tenth + 1) * sorted.length) / 10),
    ),
  )
    .filter(group => group.length > 0)
    .map(group => ({
      forecasts: group.length,
      from: group[0].confidence,
      to: group[group.length - 1].confidence,
      error: median(group.map(({ error }) => error)),
    }));
}

/** Spearman's rank correlation of confidence and error, in [−1, 1]; less than 0 where confidence is deserved. */
export function confidenceCorrelation(judged: readonly Judged[]): number {
  const pairs = confidentOf(judged);
  return correlation(
    ranks(pairs.map(({ confidence }) => confidence)),
    ranks(pairs.map(({ error }) => error)),
  );
}

/** Ranks from 0 on; equal values share the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  const order = values
    .map((value, index) => ({ value, index }))
    .sort((a, b) => a.value - b.value);
  const result = new Array<number>(values.length).fill(0);
  for (let first = 0; first < order.length;) {
    let end = first;
    while (end < order.length && order[end].value === order[first].value) end++;
    for (let i = first; i < end; i++) {
      result[order[i].index] = (first + end - 1) / 2;
    }
    first = end;
  }
  return result;
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const centre = (x.length - 1) / 2;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] - centre) * (y[i] - centre);
    xx += (x[i] - centre) ** 2;
    yy += (y[i] - centre) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
