import { formatFigure } from '../../report/figures';
import type { ResultTable } from '../../Section';
import type { FleetResult, MethodResult } from '../measureFleet';
import { FORESIGHT } from '../methods';
import { LEVELS, summarise } from '../scores';
import { formatShare, formatTimes } from './figures';

function rowOf({ method, judged, abstained }: MethodResult): string[] {
  const summary = summarise(judged);
  return [
    method.name,
    ...summary.coverage.map(formatShare),
    formatTimes(summary.budgetRatio),
    formatTimes(summary.rungBudgetRatio),
    formatShare(summary.vacuous),
    formatShare(summary.broken),
    formatFigure(summary.pinball),
    summary.brier.toFixed(4),
    formatShare(abstained / (abstained + judged.length)),
  ];
}

/** Ours beside what others do, on one fleet. */
export function methodsTable({ model, methods }: FleetResult): ResultTable {
  return {
    title: `Methods on the fleet “${model.name}”`,
    columns: [
      'method',
      ...LEVELS.map(level => `within ${100 * level} %`),
      'budget at 90 %',
      'of its rung',
      'vacuous',
      'broken',
      'pinball',
      'Brier',
      'no answer',
    ],
    rows: methods.map(rowOf),
    notes: [
      model.description,
      `Ours as an analysis makes it, calibrated on the fleet’s past windows alone. “Within 90 %”: share of windows that stayed within the exact 90 % quantile; methods that know no probability say the same at every level. Budget: median ratio of that quantile, and of the rung it is rounded down to, to the failures that came. Vacuous: rungs that allow more than ten times what came; broken: rungs that were. Pinball loss of the 90 % quantile in failures per million requests; Brier score of P(meet) over the ladder. “${FORESIGHT}” knows every parameter of the service but its incident rate and its present noise: it is no method, but a bound for them.`,
    ],
  };
}
