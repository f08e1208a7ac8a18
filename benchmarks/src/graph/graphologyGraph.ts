import { DirectedGraph } from 'graphology';
import { bfsFromNode } from 'graphology-traversal';
import type { Answer } from './answer';
import type { GeneratedFleet } from './generateFleet';

/** The calls in a general graph library. Its keys are texts. */
export function graphologyGraph({
  nodeCount,
  sources,
  targets,
}: GeneratedFleet): DirectedGraph {
  const graph = new DirectedGraph();
  for (let node = 0; node < nodeCount; node++) graph.addNode(node);
  sources.forEach((source, edge) =>
    graph.addEdgeWithKey(edge, source, targets[edge]),
  );
  return graph;
}

/** Callees up to a depth. */
export function graphologySubgraph(
  graph: DirectedGraph,
  root: number,
  depth: number,
): Answer {
  const nodes: number[] = [];
  const distances: number[] = [];
  const edges: number[] = [];
  bfsFromNode(
    graph,
    root,
    (node, _attributes, distance) => {
      nodes.push(Number(node));
      distances.push(distance);
      if (distance >= depth) return true;
      graph.forEachOutboundEdge(node, edge => edges.push(Number(edge)));
      return false;
    },
    { mode: 'outbound' },
  );
  return {
    nodes: Int32Array.from(nodes),
    distances: Int32Array.from(distances),
    edges: Int32Array.from(edges),
  };
}
