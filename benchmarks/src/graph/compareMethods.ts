import {
  buildGraph,
  subgraph,
  type DependencyGraph,
} from 'backstage-plugin-slo-recommender-engine';
import { formatFigure, formatMs, median } from '../report/figures';
import { repeatedly } from '../report/timing';
import type { ResultTable } from '../Section';
import { requireSameAnswer, type Answer } from './answer';
import { fleetName, type GeneratedFleet } from './generateFleet';
import { graphologyGraph, graphologySubgraph } from './graphologyGraph';
import { DEPTHS, formatDepth } from './measureQueries';
import { SqlGraph, STATEMENT_TIMEOUT_MS } from './SqlGraph';

const ROOTS = 20;
/** Enumeration of long paths ends at the time-out for nearly every root. */
const ROOTS_OF_LONG_PATHS = 3;
const LONG_PATH = 4;
/** Runs of one query, of which the fastest counts; slow ones are not repeated. */
const RUNS = 15;
const SLOW_MS = 50;

/** How one method answers a query. No answer where it was given up after `ms`. */
type Method = (root: number, depth: number) => Promise<Measured>;
interface Measured {
  answer?: Answer;
  ms: number;
}

/** The same queries by SQL and by a general graph library. */
export async function compareMethods(
  fleet: GeneratedFleet,
  connectionString: string,
  random: () => number,
  say: (message: string) => void,
): Promise<ResultTable> {
  const graph = buildGraph(fleet.nodeCount, fleet.sources, fleet.targets);
  const roots = drawRoots(graph, random);
  const library = graphologyGraph(fleet);
  const sql = await SqlGraph.create(connectionString, fleet);
  const methods: { name: string; method: Method }[] = [
    {
      name: 'SQL, all paths',
      method: (root, depth) => sql.enumeratePaths(root, depth),
    },
    {
      name: 'SQL, deduplicated',
      method: (root, depth) => sql.deduplicate(root, depth),
    },
    {
      name: 'graphology',
      method: async (root, depth) => {
        const startedAt = performance.now();
        const answer = graphologySubgraph(library, root, depth);
        return { answer, ms: performance.now() - startedAt };
      },
    },
  ];
  try {
    const rows: string[][] = [];
    for (const depth of DEPTHS) {
      const ours = roots.map(root => measureOurs(graph, root, depth));
      const row = [formatDepth(depth), formatMs(median(ours.map(o => o.ms)))];
      for (const { name, method } of methods) {
        const enumerates = method === methods[0].method;
        if (enumerates && depth === Infinity) {
          row.push('does not end', '');
          continue;
        }
        const asked =
          enumerates && depth >= LONG_PATH
            ? roots.slice(0, ROOTS_OF_LONG_PATHS)
            : roots;
        say(`• depth ${formatDepth(depth)}: ${name}, ${asked.length} services`);
        row.push(...(await measureOther(name, method, depth, asked, ours)));
      }
      rows.push(row);
    }
    return {
      title: `The same queries by other means: ${fleetName(fleet)}`,
      columns: [
        'depth',
        'ours',
        ...methods.flatMap(({ name }) => [name, '× ours']),
      ],
      rows,
      notes: [
        `Callees of ${ROOTS} services drawn at random from those that call others, ${ROOTS_OF_LONG_PATHS} of them where long paths are enumerated. Medians over the services; “× ours” is the median of the ratios, with the least in brackets. Of a query the fastest of ${RUNS} runs counts, ours too; what takes longer than ${SLOW_MS} ms is not repeated.`,
        `PostgreSQL 18 on the same machine, with both covering indexes, work_mem 256 MB and a time-out of ${STATEMENT_TIMEOUT_MS / 1_000} s; ≥ marks what hit it. Every answer has been compared with ours: the same nodes and edges, and the same distances where SQL can tell them (not at depth ∞).`,
      ],
    };
  } finally {
    await sql.close();
  }
}

/** Of a service without calls nothing is asked. */
function drawRoots(graph: DependencyGraph, random: () => number): number[] {
  const roots = new Set<number>();
  while (roots.size < ROOTS) {
    const node = Math.floor(random() * graph.nodeCount);
    if (graph.outOffsets[node + 1] > graph.outOffsets[node]) roots.add(node);
  }
  return [...roots];
}

function measureOurs(graph: DependencyGraph, root: number, depth: number) {
  const ask = () => subgraph(graph, root, { direction: 'downstream', depth });
  return { answer: ask(), ms: Math.min(...repeatedly(RUNS, ask)) };
}

async function measureOther(
  name: string,
  method: Method,
  depth: number,
  roots: number[],
  ours: { answer: Answer; ms: number }[],
): Promise<[time: string, ratio: string]> {
  const times: number[] = [];
  const ratios: number[] = [];
  let givenUp = false;
  for (const [i, root] of roots.entries()) {
    const { answer, ms } = await fastest(() => method(root, depth));
    if (answer) {
      requireSameAnswer(
        `${name}, depth ${formatDepth(depth)}, service ${root}`,
        ours[i].answer,
        answer,
      );
    } else {
      givenUp = true;
    }
    times.push(ms);
    ratios.push(ms / ours[i].ms);
  }
  const sign = givenUp ? '≥ ' : '';
  return [
    `${sign}${formatMs(median(times))}`,
    `${sign}${formatFigure(median(ratios))} (${formatFigure(Math.min(...ratios))})`,
  ];
}

async function fastest(ask: () => Promise<Measured>): Promise<Measured> {
  let best = await ask();
  for (let run = 1; run < RUNS && best.ms < SLOW_MS; run++) {
    const next = await ask();
    if (next.ms < best.ms) best = next;
  }
  return best;
}
