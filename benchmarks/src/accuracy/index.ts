import type { BenchmarkSection, ResultTable } from '../Section';
import { FLEET_MODELS } from './fleet';
import { measureFleet } from './measureFleet';
import { recordingTables } from './recordings';
import { measureSpeed } from './speed/measureSpeed';
import {
  confidenceTable,
  methodsTable,
  pitTable,
  requirementsTable,
  strataTable,
} from './tables';

export const accuracySection: BenchmarkSection = {
  name: 'accuracy',
  title: 'Accuracy of the recommendations',

  async run({ say }): Promise<ResultTable[]> {
    const fleets = FLEET_MODELS.map(model => {
      say(`• fleet “${model.name}”`);
      return measureFleet(model);
    });
    say('• recordings');
    const recordings = recordingTables(say);
    say('• cost');
    return [
      requirementsTable(fleets),
      ...fleets.map(methodsTable),
      ...fleets.map(strataTable),
      pitTable(fleets),
      confidenceTable(fleets),
      ...recordings,
      measureSpeed(),
    ];
  },
};
