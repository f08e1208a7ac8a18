import { EngineInputError } from '../sli';
import { ConeSearch } from './ConeSearch';
import {
  requireNode,
  type DependencyGraph,
  type Follow,
} from './DependencyGraph';

/** Downstream are the callees, upstream the callers. */
export type Direction = 'downstream' | 'upstream' | 'both';

export interface SubgraphOptions {
  direction: Direction;
  /** Number of calls from the root, not negative; `Infinity` for all there is. */
  depth: number;
  /** Leaves out the edges for which it says no, and what is reached only through them. */
  follow?: Follow;
}

/** What lies around a node. */
export interface Subgraph {
  /** In breadth-first order, the root first. */
  nodes: Int32Array;
  /** Least number of calls between the root and each of `nodes`. */
  distances: Int32Array;
  /** Calls out of (upstream: into) the nodes at a distance less than the depth, each once. */
  edges: Int32Array;
}

/** Kept for the next call. Not one alone: `follow` may itself ask for a subgraph. */
const idleSearches: ConeSearch[] = [];

/**
 * Callees, callers or both around a node, in time linear in what is found.
 *
 * Both are the union of all that the root reaches and all that reaches it. Other callers of its callees, which have
 * nothing to do with it, are not part of it.
 *
 * @throws {@link EngineInputError} for a root that does not exist and a depth below 0.
 */
export function subgraph(
  graph: DependencyGraph,
  root: number,
  options: SubgraphOptions,
): Subgraph {
  const { direction, depth, follow } = options;
  requireNode(graph, root);
  if (!(depth >= 0)) {
    throw new EngineInputError(
      `The depth is ${depth}; pass a number of calls from 0 to Infinity.`,
    );
  }
  if (direction !== 'both') {
    const search = idleSearches.pop() ?? new ConeSearch();
    search.search(graph, root, { direction, depth, follow });
    const found = copyOf(search);
    idleSearches.push(search);
    return found;
  }
  const down = idleSearches.pop() ?? new ConeSearch();
  const up = idleSearches.pop() ?? new ConeSearch();
  down.search(graph, root, { direction: 'downstream', depth, follow });
  up.search(graph, root, { direction: 'upstream', depth, follow });
  const found = unionOf(graph, down, up, depth);
  idleSearches.push(down, up);
  return found;
}

function copyOf(search: ConeSearch): Subgraph {
  return {
    nodes: search.nodes.slice(0, search.nodeCount),
    distances: search.distances.slice(0, search.nodeCount),
    edges: search.edges.slice(0, search.edgeCount),
  };
}

/** Of nodes at the same distance those downstream come first. */
function unionOf(
  { sources }: DependencyGraph,
  down: ConeSearch,
  up: ConeSearch,
  depth: number,
): Subgraph {
  const nodes = new Int32Array(down.nodeCount + up.nodeCount);
  const distances = new Int32Array(nodes.length);
  let found = 0;
  const take = (node: number, distance: number) => {
    nodes[found] = node;
    distances[found++] = distance;
  };
  for (let i = 0, j = 0; i < down.nodeCount || j < up.nodeCount;) {
    if (
      j === up.nodeCount ||
      (i < down.nodeCount && down.distances[i] <= up.distances[j])
    ) {
      const distance = down.distances[i];
      const callee = down.nodes[i++];
      if (distance <= up.distanceOf(callee)) take(callee, distance);
    } else {
      const distance = up.distances[j];
      const caller = up.nodes[j++];
      if (distance < down.distanceOf(caller)) take(caller, distance);
    }
  }

  const edges = new Int32Array(down.edgeCount + up.edgeCount);
  edges.set(down.edges.subarray(0, down.edgeCount));
  let crossed = down.edgeCount;
  for (let i = 0; i < up.edgeCount; i++) {
    // a call out of a node nearer than the depth was crossed downstream already
    if (down.distanceOf(sources[up.edges[i]]) >= depth) {
      edges[crossed++] = up.edges[i];
    }
  }
  return {
    nodes: nodes.slice(0, found),
    distances: distances.slice(0, found),
    edges: edges.slice(0, crossed),
  };
}
