import type { ResultTable } from '../../Section';
import type { FleetResult } from '../measureFleet';
import { CALIBRATION_COMPARED } from '../methods';
import { pitHistogram } from '../scores';
import { formatShare } from './figures';

/** PIT histograms of ours, with and without calibration, one fleet per pair of rows. */
export function pitTable(fleets: readonly FleetResult[]): ResultTable {
  return {
    title: 'Where in the predicted distribution came what came',
    columns: [
      'fleet and method',
      ...Array.from({ length: 10 }, (_, tenth) => `to ${10 * (tenth + 1)} %`),
    ],
    rows: fleets.flatMap(({ model, methods }) =>
      methods
        .filter(({ method }) => CALIBRATION_COMPARED.includes(method.name))
        .map(({ method, judged }) => [
          `${model.name}: ${method.name}`,
          ...pitHistogram(judged).map(formatShare),
        ]),
    ),
    notes: [
      'Share of windows in each tenth of the predicted distribution (PIT histogram): ten times 10 % where it is right, more in the last tenths where it is too narrow.',
    ],
  };
}
