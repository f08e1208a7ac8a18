import { createRandom } from 'backstage-plugin-slo-recommender-engine';
import type { BenchmarkSection } from '../Section';
import { compareMethods } from './compareMethods';
import { generateFleet } from './generateFleet';
import { measureQueries } from './measureQueries';
import { measureStructure } from './measureStructure';

const SEED = 20_240_617;

const SIZES = [
  { nodeCount: 5_000, edgeCount: 50_000 },
  { nodeCount: 100_000, edgeCount: 1_000_000 },
];

export const graphSection: BenchmarkSection = {
  name: 'graph',
  title: 'Dependency graph',

  async run({ connectionString, say }) {
    const fleets = SIZES.flatMap(size => {
      say(`• generating fleets of ${size.nodeCount} services`);
      const layered = { ...size, shape: 'layered' } as const;
      const tangled = { ...size, shape: 'tangled' } as const;
      return [layered, tangled].map(fleet =>
        generateFleet(fleet, createRandom(SEED)),
      );
    });
    const tables = [
      measureStructure(fleets, say),
      measureQueries(fleets, createRandom(SEED + 1), say),
    ];
    const small = fleets.filter(
      fleet => fleet.nodeCount === SIZES[0].nodeCount,
    );
    for (const fleet of small) {
      tables.push(
        await compareMethods(
          fleet,
          connectionString,
          createRandom(SEED + 2),
          say,
        ),
      );
    }
    return tables;
  },
};
