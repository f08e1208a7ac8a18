import { buildGraph, subgraph } from 'backstage-plugin-slo-recommender-engine';
import { formatFigure, formatMs, median, quantile } from '../report/figures';
import { repeatedly } from '../report/timing';
import type { ResultTable } from '../Section';
import { fleetName, type GeneratedFleet } from './generateFleet';

export const DEPTHS = [1, 3, 7, Infinity];
const WARM_UP = 20;
const QUERIES = 2_000;
/** A large fleet takes a tenth of a second per query. */
const QUERIES_OF_LARGE_FLEET = 50;
/** Of a query the fastest run counts: what else the machine does is not measured. */
const RUNS = 3;

/** What a page asks for: callers and callees of a service up to a depth. */
export function measureQueries(
  fleets: GeneratedFleet[],
  random: () => number,
  say: (message: string) => void,
): ResultTable {
  const rows = fleets.flatMap(fleet => {
    const { nodeCount, sources, targets } = fleet;
    const graph = buildGraph(nodeCount, sources, targets);
    return DEPTHS.map(depth => {
      say(`• ${fleetName(fleet)}: queries of depth ${formatDepth(depth)}`);
      const count = nodeCount > 10_000 ? QUERIES_OF_LARGE_FLEET : QUERIES;
      const queries = Array.from({ length: WARM_UP + count }, () => {
        const root = Math.floor(random() * nodeCount);
        const ask = () => subgraph(graph, root, { direction: 'both', depth });
        const result = ask();
        const ms = Math.min(...repeatedly(RUNS, ask));
        return { ms, nodes: result.nodes.length, edges: result.edges.length };
      }).slice(WARM_UP);
      const times = queries.map(({ ms }) => ms);
      return [
        `${fleetName(fleet)}, depth ${formatDepth(depth)}`,
        formatMs(quantile(times, 0.5)),
        formatMs(quantile(times, 0.99)),
        nodeCount === 5_000 ? '≤ 5 ms' : '',
        formatFigure(median(queries.map(query => query.nodes))),
        formatFigure(median(queries.map(query => query.edges))),
      ];
    });
  });
  return {
    title: 'Subgraph queries in process',
    columns: [
      'services / calls',
      'p50',
      'p99',
      'target of p99',
      'nodes found',
      'edges found',
    ],
    rows,
    notes: [
      `Callers and callees of services drawn at random, ${QUERIES} of a small fleet, ${QUERIES_OF_LARGE_FLEET} of a large one; of each query the fastest of ${RUNS} runs counts. Found: medians.`,
    ],
  };
}

export function formatDepth(depth: number): string {
  return depth === Infinity ? '∞' : String(depth);
}
