import { Graph, layout as place } from '@dagrejs/dagre';
import { layeredLayout } from './layeredLayout';
import { type Links, NODE_HEIGHT, NODE_WIDTH, type Place } from './types';

/** Sizes above which dagre, whose time grows faster than the graph, would be felt. */
const DAGRE_NODES = 60;
const DAGRE_EDGES = 120;

function dagreLayout(ids: readonly string[], links: Links): Map<string, Place> {
  const graph = new Graph<
    object,
    { width: number; height: number; x?: number; y?: number },
    object
  >();
  graph.setGraph({
    rankdir: 'LR',
    ranker: 'tight-tree',
    acyclicer: 'greedy',
    nodesep: 28,
    ranksep: 130,
  });
  for (const id of ids) {
    graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  }
  for (const { source, target } of links) {
    if (source !== target) graph.setEdge(source, target, {});
  }
  place(graph);
  return new Map(
    ids.map(id => {
      const { x = 0, y = 0 } = graph.node(id);
      return [id, { x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 }];
    }),
  );
}

/**
 * Places the nodes of a graph so that calls go from left to right. Small graphs are laid out by dagre, large ones in
 * columns by distance from the root, which stays within milliseconds.
 *
 * @returns the upper left corner of each node, in pixels
 */
export function layout(
  ids: readonly string[],
  root: string,
  links: Links,
): Map<string, Place> {
  return ids.length <= DAGRE_NODES && links.length <= DAGRE_EDGES
    ? dagreLayout(ids, links)
    : layeredLayout(ids, root, links);
}
