import type { DependencyGraph } from './DependencyGraph';

/** Number of different callers of each node, itself not counted. */
export function fanIn(graph: DependencyGraph): Int32Array {
  return neighbours(graph.inOffsets, graph.inEdges, graph.sources);
}

/** Number of different callees of each node, itself not counted. */
export function fanOut(graph: DependencyGraph): Int32Array {
  return neighbours(graph.outOffsets, graph.outEdges, graph.targets);
}

function neighbours(
  offsets: Int32Array,
  rows: Int32Array,
  ends: Int32Array,
): Int32Array {
  const nodeCount = offsets.length - 1;
  const counts = new Int32Array(nodeCount);
  const lastCountedFor = new Int32Array(nodeCount).fill(-1);
  for (let node = 0; node < nodeCount; node++) {
    lastCountedFor[node] = node;
    for (let i = offsets[node]; i < offsets[node + 1]; i++) {
      const neighbour = ends[rows[i]];
      if (lastCountedFor[neighbour] !== node) {
        lastCountedFor[neighbour] = node;
        counts[node]++;
      }
    }
  }
  return counts;
}
