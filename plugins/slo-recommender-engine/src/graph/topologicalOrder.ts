import { EngineInputError } from '../sli';
import type { DependencyGraph } from './DependencyGraph';

/**
 * All nodes, callers before callees (Kahn, _Commun. ACM_ 1962). Self-edges do not count.
 *
 * @throws {@link EngineInputError} for a graph with a cycle.
 */
export function topologicalOrder(graph: DependencyGraph): Int32Array {
  const { nodeCount, sources, targets, outOffsets, outEdges } = graph;
  const callsToCome = new Int32Array(nodeCount);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (sources[edge] !== targets[edge]) callsToCome[targets[edge]]++;
  }
  const order = new Int32Array(nodeCount);
  let found = 0;
  for (let node = 0; node < nodeCount; node++) {
    if (callsToCome[node] === 0) order[found++] = node;
  }
  for (let next = 0; next < found; next++) {
    const caller = order[next];
    for (let i = outOffsets[caller]; i < outOffsets[caller + 1]; i++) {
      const callee = targets[outEdges[i]];
      if (callee !== caller && --callsToCome[callee] === 0) {
        order[found++] = callee;
      }
    }
  }
  if (found < nodeCount) {
    throw new EngineInputError(
      `The graph is cyclic: ${nodeCount - found} of ${nodeCount} nodes are in a cycle or behind one. Condense it first.`,
    );
  }
  return order;
}
