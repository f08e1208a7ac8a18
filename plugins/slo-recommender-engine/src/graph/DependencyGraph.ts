import { EngineInputError } from '../sli';

/**
 * Who calls whom, in compressed sparse rows. Nodes are 0 … nodeCount − 1, edges 0 … edgeCount − 1, each from a caller
 * to a callee. Parallel edges and self-edges are kept.
 *
 * The edges leaving node v are `outEdges[outOffsets[v]]` to `outEdges[outOffsets[v + 1] - 1]`, those entering it
 * likewise in `inEdges`, both in ascending order. The arrays are shared by all that read the graph and never changed.
 */
export interface DependencyGraph {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Caller of each edge. */
  readonly sources: Int32Array;
  /** Callee of each edge. */
  readonly targets: Int32Array;
  readonly outOffsets: Int32Array;
  readonly outEdges: Int32Array;
  /** Callee of each of `outEdges`. */
  readonly outTargets: Int32Array;
  readonly inOffsets: Int32Array;
  readonly inEdges: Int32Array;
  /** Caller of each of `inEdges`. */
  readonly inSources: Int32Array;
}

/** Says of an edge whether it is taken into account, for example whether it is not stale. Always the same answer. */
export type Follow = (edge: number) => boolean;

/**
 * Takes the arrays over, it does not copy them: they must not change afterwards.
 *
 * @throws {@link EngineInputError} for arrays of different lengths, and for ids outside of 0 … nodeCount − 1.
 */
export function buildGraph(
  nodeCount: number,
  sources: Int32Array,
  targets: Int32Array,
): DependencyGraph {
  if (!Number.isSafeInteger(nodeCount) || nodeCount < 0) {
    throw new EngineInputError(
      `nodeCount is ${nodeCount}; pass a whole number that is not negative.`,
    );
  }
  if (sources.length !== targets.length) {
    throw new EngineInputError(
      `There are ${sources.length} sources and ${targets.length} targets; pass one of each per edge.`,
    );
  }
  const outgoing = edgesByNode(nodeCount, 'source', sources, targets);
  const incoming = edgesByNode(nodeCount, 'target', targets, sources);
  return {
    nodeCount,
    edgeCount: sources.length,
    sources,
    targets,
    outOffsets: outgoing.offsets,
    outEdges: outgoing.edges,
    outTargets: outgoing.otherEnds,
    inOffsets: incoming.offsets,
    inEdges: incoming.edges,
    inSources: incoming.otherEnds,
  };
}

/** @throws {@link EngineInputError} where the graph has no such node. */
export function requireNode(graph: DependencyGraph, node: number): void {
  if (!Number.isInteger(node) || node < 0 || node >= graph.nodeCount) {
    throw new EngineInputError(
      `There is no node ${node}; pass one of the ${graph.nodeCount} nodes, counted from 0.`,
    );
  }
}

/** Counting sort of the edges by the node at one of their ends. */
function edgesByNode(
  nodeCount: number,
  end: 'source' | 'target',
  ends: Int32Array,
  otherEndOf: Int32Array,
) {
  const offsets = new Int32Array(nodeCount + 1);
  for (let edge = 0; edge < ends.length; edge++) {
    const node = ends[edge];
    if (node < 0 || node >= nodeCount) {
      throw new EngineInputError(
        `The ${end} of edge ${edge} is ${node}; pass one of the ${nodeCount} nodes, counted from 0.`,
      );
    }
    offsets[node]++;
  }
  for (let node = 1; node <= nodeCount; node++) {
    offsets[node] += offsets[node - 1];
  }
  // Filled from the back, each offset moves from the end of its row to the start: no second array of cursors.
  const edges = new Int32Array(ends.length);
  for (let edge = ends.length - 1; edge >= 0; edge--) {
    edges[--offsets[ends[edge]]] = edge;
  }
  // A pass of its own: reading here and there costs a processor less than writing here and there.
  const otherEnds = new Int32Array(ends.length);
  for (let place = 0; place < edges.length; place++) {
    otherEnds[place] = otherEndOf[edges[place]];
  }
  return { offsets, edges, otherEnds };
}
