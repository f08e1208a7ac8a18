import { formatCount } from 'backstage-plugin-slo-recommender-common';
import type { ResultTable } from '../../Section';
import type { FleetResult } from '../measureFleet';
import { CALIBRATION_COMPARED } from '../methods';
import { coverageOf, inStratum, type Judged, LEVELS, STRATA } from '../scores';
import { formatPoints } from './figures';

const deviations = (judged: readonly Judged[]) =>
  coverageOf(judged).map((share, i) => formatPoints(share - LEVELS[i]));

/** How far coverage is off in each stratum, of ours with and without calibration. */
export function strataTable({ model, methods }: FleetResult): ResultTable {
  const ours = methods.filter(({ method }) =>
    CALIBRATION_COMPARED.includes(method.name),
  );
  return {
    title: `Coverage by stratum on the fleet “${model.name}”`,
    columns: [
      'stratum',
      'forecasts',
      ...ours.flatMap(({ method }) =>
        LEVELS.map(level => `${method.name}: ${100 * level} %`),
      ),
    ],
    rows: STRATA.map(stratum => [
      `${stratum.axis}: ${stratum.label}`,
      formatCount(inStratum(ours[0].judged, stratum).length),
      ...ours.flatMap(({ judged }) => deviations(inStratum(judged, stratum))),
    ]),
    notes: [
      'Points by which coverage differs from the level. Incidents seen are those that began within the history. The true incident rate cannot be seen: who is right given what was seen is on the wide side where it is low and on the narrow one where it is high, as the last columns are.',
    ],
  };
}
