import type { ResultTable } from '../../Section';
import type { FleetResult } from '../measureFleet';
import { OURS } from '../methods';
import {
  coverageOf,
  inStratum,
  type Judged,
  LEVELS,
  STRATA,
  summarise,
} from '../scores';
import { formatPoints, formatTimes } from './figures';

/** What is allowed on the standard fleet, and on those that nothing is tuned on. */
const ALLOWED = {
  standard: { off: '± 2, 2, 1', inStrata: '± 5', budget: '≤ 2.3 ×' },
  others: { off: '± 4', inStrata: '', budget: '' },
};

/** The stratum whose coverage is off the most at a level, for example `−6.1 (3 or more)`. */
function worstStratum(judged: readonly Judged[], level: number): string {
  const place = LEVELS.findIndex(one => one === level);
  const deviations = STRATA.flatMap(({ label, holds }) => {
    const members = inStratum(judged, { holds });
    if (members.length === 0) return [];
    return [{ label, off: coverageOf(members)[place] - level }];
  });
  const [{ label, off }] = deviations.sort(
    (a, b) => Math.abs(b.off) - Math.abs(a.off),
  );
  return `${formatPoints(off)} (${label})`;
}

/** Ours against what must hold, one fleet per row. */
export function requirementsTable(fleets: readonly FleetResult[]): ResultTable {
  return {
    title: 'Ours against what must hold',
    columns: [
      'fleet',
      ...LEVELS.map(level => `off at ${100 * level} %`),
      'allowed',
      ...LEVELS.map(level => `worst stratum at ${100 * level} %`),
      'allowed',
      'budget at 90 %',
      'allowed',
    ],
    rows: fleets.map(({ model, methods }) => {
      const judged = methods
        .filter(({ method }) => method.name === OURS)
        .flatMap(ours => ours.judged);
      const { coverage, budgetRatio } = summarise(judged);
      const allowed =
        model.name === 'standard' ? ALLOWED.standard : ALLOWED.others;
      return [
        model.name,
        ...coverage.map((share, i) => formatPoints(share - LEVELS[i])),
        allowed.off,
        ...LEVELS.map(level => worstStratum(judged, level)),
        allowed.inStrata,
        formatTimes(budgetRatio),
        allowed.budget,
      ];
    }),
    notes: [
      'Points by which the share of windows that stayed within the exact quantile differs from the probability that was given; more than 0 is on the wide side.',
    ],
  };
}
