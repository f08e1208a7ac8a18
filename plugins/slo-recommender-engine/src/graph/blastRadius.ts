import type { DependencyGraph, Follow } from './DependencyGraph';
import { subgraph } from './subgraph';

/**
 * Every direct and transitive caller of a node, nearest first, without the node itself: whom its outage may reach.
 *
 * @throws {@link EngineInputError} for a node that does not exist.
 */
export function blastRadius(
  graph: DependencyGraph,
  node: number,
  follow?: Follow,
): Int32Array {
  const { nodes } = subgraph(graph, node, {
    direction: 'upstream',
    depth: Infinity,
    follow,
  });
  return nodes.slice(1);
}
