import {
  buildGraph,
  condense,
  stronglyConnectedComponents,
} from 'backstage-plugin-slo-recommender-engine';
import { stronglyConnectedComponents as graphologyComponents } from 'graphology-components';
import { formatMs, median } from '../report/figures';
import { repeatedly, timed } from '../report/timing';
import type { ResultTable } from '../Section';
import { fleetName, type GeneratedFleet } from './generateFleet';
import { graphologyGraph } from './graphologyGraph';

const RUNS = 25;

/** From a list of calls to a graph, its components, and the graph of these. */
export function measureStructure(
  fleets: GeneratedFleet[],
  say: (message: string) => void,
): ResultTable {
  const rows = fleets.map(fleet => {
    say(`• ${fleetName(fleet)}: build, components, condensation`);
    const { nodeCount, sources, targets } = fleet;
    const build = () => buildGraph(nodeCount, sources, targets);
    const graph = build();
    const components = stronglyConnectedComponents(graph);
    const together = repeatedly(RUNS, () => {
      const built = build();
      condense(built, stronglyConnectedComponents(built));
    });
    return [
      fleetName(fleet),
      formatMs(median(repeatedly(RUNS, build))),
      formatMs(
        median(repeatedly(RUNS, () => stronglyConnectedComponents(graph))),
      ),
      formatMs(median(repeatedly(RUNS, () => condense(graph, components)))),
      formatMs(median(together)),
      formatMs(Math.min(...together)),
      nodeCount === 5_000 ? '≤ 30 ms' : '≤ 150 ms',
      ...measureGraphology(fleet, components.count),
    ];
  });
  return {
    title: 'Build, components and condensation',
    columns: [
      'services / calls',
      'build',
      'components',
      'condensation',
      'together',
      'fastest run',
      'target',
      'graphology: build',
      'graphology: components',
    ],
    rows,
    notes: [
      `Medians of ${RUNS} runs in one process, and the fastest of them; graphology ran once, and has no condensation. Where it gives an answer, the number of components is the same.`,
    ],
  };
}

function measureGraphology(
  fleet: GeneratedFleet,
  expectedComponents: number,
): string[] {
  const built = timed(() => graphologyGraph(fleet));
  try {
    const components = timed(() => graphologyComponents(built.result));
    if (components.result.length !== expectedComponents) {
      throw new Error(
        `graphology finds ${components.result.length} components, ours are ${expectedComponents}.`,
      );
    }
    return [formatMs(built.ms), formatMs(components.ms)];
  } catch (error) {
    // its search calls itself for every step of a chain
    if (error instanceof RangeError) {
      return [formatMs(built.ms), 'stack overflow'];
    }
    throw error;
  }
}
