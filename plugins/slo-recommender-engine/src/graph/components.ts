import type { DependencyGraph, Follow } from './DependencyGraph';

/** A partition of the nodes: two are in the same component if each reaches the other. */
export interface Components {
  count: number;
  /** Component of each node, 0 … count − 1, callees first: no edge leads to a component of a higher number. */
  componentOf: Int32Array;
}

/** Given to the nodes of complete components: no rank is higher. */
const COMPLETE = 2 ** 31 - 1;

/**
 * Strongly connected components in linear time (Tarjan, _SIAM J. Comput._ 1972). The path of the search is kept in
 * arrays, so that a chain of calls of any length overflows no stack.
 */
export function stronglyConnectedComponents(
  graph: DependencyGraph,
  follow?: Follow,
): Components {
  const { nodeCount, outOffsets, outEdges, outTargets } = graph;
  const componentOf = new Int32Array(nodeCount);
  let count = 0;
  /** Place of each node in the order of first visits, counted from 1; and the least known to be reached from it. */
  const rank = new Int32Array(nodeCount);
  const lowest = new Int32Array(nodeCount);
  let visited = 0;
  /** From the start to the node being searched, and where the search of each node goes on. */
  const path = new Int32Array(nodeCount);
  const next = new Int32Array(nodeCount);
  /** Visited nodes whose component is not complete yet. */
  const open = new Int32Array(nodeCount);
  let openCount = 0;

  for (let start = 0; start < nodeCount; start++) {
    if (rank[start] !== 0) continue;
    path[0] = start;
    for (let depth = 0; depth >= 0;) {
      const node = path[depth];
      if (rank[node] === 0) {
        rank[node] = lowest[node] = ++visited;
        next[node] = outOffsets[node];
        open[openCount++] = node;
      }
      const rowEnd = outOffsets[node + 1];
      let low = lowest[node];
      let i = next[node];
      for (; i < rowEnd; i++) {
        if (follow !== undefined && !follow(outEdges[i])) continue;
        const lowestOfTarget = lowest[outTargets[i]];
        if (lowestOfTarget === 0) break;
        if (lowestOfTarget < low) low = lowestOfTarget;
      }
      lowest[node] = low;
      if (i < rowEnd) {
        // the target first; then the same edge is looked at again
        next[node] = i;
        path[++depth] = outTargets[i];
        continue;
      }
      if (low === rank[node]) {
        let member: number;
        do {
          member = open[--openCount];
          componentOf[member] = count;
          lowest[member] = COMPLETE;
        } while (member !== node);
        count++;
      }
      depth--;
    }
  }
  return { count, componentOf };
}

/** Counting sort of the nodes by component; the nodes of each are in ascending order. */
export function membersByComponent({ count, componentOf }: Components) {
  const memberOffsets = new Int32Array(count + 1);
  for (let node = 0; node < componentOf.length; node++) {
    memberOffsets[componentOf[node]]++;
  }
  for (let component = 1; component <= count; component++) {
    memberOffsets[component] += memberOffsets[component - 1];
  }
  const members = new Int32Array(componentOf.length);
  for (let node = componentOf.length - 1; node >= 0; node--) {
    members[--memberOffsets[componentOf[node]]] = node;
  }
  return { memberOffsets, members };
}
