import type { ResultTable } from '../../Section';
import type { FleetResult } from '../measureFleet';
import { OURS } from '../methods';
import {
  confidenceCorrelation,
  confidenceGroups,
  type Judged,
} from '../scores';
import { formatTimes } from './figures';

const judgedOf = (fleet: FleetResult): Judged[] =>
  fleet.methods
    .filter(({ method }) => method.name === OURS)
    .flatMap(({ judged }) => judged);

/** Whether the confidence shown is deserved: tenths of the forecasts by confidence, and how far off each was. */
export function confidenceTable(fleets: readonly FleetResult[]): ResultTable {
  return {
    title: 'Confidence against the error',
    columns: [
      'fleet',
      ...Array.from({ length: 10 }, (_, tenth) =>
        tenth === 0 ? 'least confident tenth' : `${tenth + 1}`,
      ),
      'rank correlation',
    ],
    rows: fleets.map(fleet => {
      const judged = judgedOf(fleet);
      return [
        fleet.model.name,
        ...confidenceGroups(judged).map(
          ({ from, to, error }) =>
            `${from.toFixed(2)} to ${to.toFixed(2)}: ${formatTimes(error)}`,
        ),
        confidenceCorrelation(judged).toFixed(2),
      ];
    }),
    notes: [
      'For each tenth of the forecasts, by the confidence shown: its least and greatest, and the median factor between the predicted median and what came. Spearman’s rank correlation of confidence and that factor, over single forecasts: below 0, more confidence went with less error.',
    ],
  };
}
