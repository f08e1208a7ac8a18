import { EngineInputError } from '../sli';
import { stronglyConnectedComponents } from './components';
import { condense, type Condensation } from './condense';
import { requireNode, type DependencyGraph } from './DependencyGraph';
import { subgraph } from './subgraph';

export interface CriticalPath {
  /** From the root to the end of the path. A cycle on the way is one step: all of its members are named. */
  nodes: number[];
  /** The calls between the steps, one each: of parallel ones the heaviest. */
  edges: number[];
  /** Sum of the known weights of `nodes` and `edges`, not negative. */
  weight: number;
  /** What is in reach of the root and has no known weight. It counts as 0; a path through it may be heavier. */
  unknown: { nodes: number[]; edges: number[] };
}

/**
 * The heaviest path of calls from a node, in linear time. It ends where no further step adds anything.
 *
 * The path leads through the condensed graph: within a cycle no path is the heaviest, for it can be gone round again.
 * Calls between the members of a cycle weigh nothing, and each member counts once.
 *
 * @param edgeWeights - one per edge, not negative, `NaN` where unknown; for example seconds of latency.
 * @param nodeWeights - one per node, likewise; all 0 unless given.
 * @throws {@link EngineInputError} for a root that does not exist, and for weights that are missing, negative or not
 *   finite, or add up to more than a number can hold.
 */
export function criticalPath(
  graph: DependencyGraph,
  root: number,
  edgeWeights: Float64Array,
  nodeWeights: Float64Array = new Float64Array(graph.nodeCount),
): CriticalPath {
  requireNode(graph, root);
  requireWeights('edge', edgeWeights, graph.edgeCount);
  requireWeights('node', nodeWeights, graph.nodeCount);

  const components = stronglyConnectedComponents(graph);
  const condensation = condense(graph, components);
  const { componentOf } = components;
  const start = componentOf[root];
  const heaviest = heaviestEdges(graph, condensation, edgeWeights);
  const { weight, onwards } = heaviestPaths(
    condensation,
    start,
    Float64Array.from(heaviest, edge => known(edgeWeights[edge])),
    nodeWeights,
  );
  if (!Number.isFinite(weight)) {
    throw new EngineInputError(
      'The weights of a path add up to more than a number can hold; pass them in a larger unit.',
    );
  }

  const nodes = [...membersOf(condensation, start)];
  const edges: number[] = [];
  for (let edge = onwards[start]; edge >= 0;) {
    const component = condensation.graph.targets[edge];
    edges.push(heaviest[edge]);
    nodes.push(...membersOf(condensation, component));
    edge = onwards[component];
  }
  const reach = subgraph(graph, root, {
    direction: 'downstream',
    depth: Infinity,
  });
  const unknown = {
    nodes: [...reach.nodes].filter(node => Number.isNaN(nodeWeights[node])),
    edges: [...reach.edges].filter(
      edge =>
        Number.isNaN(edgeWeights[edge]) &&
        componentOf[graph.sources[edge]] !== componentOf[graph.targets[edge]],
    ),
  };
  return { nodes, edges, weight, unknown };
}

/**
 * @param start - the component whose weight is asked for.
 * @returns the weight of its heaviest path, and for it and all that it reaches the condensed edge by which the
 *   heaviest path goes on, −1 where it ends.
 */
function heaviestPaths(
  condensation: Condensation,
  start: number,
  edgeWeights: Float64Array,
  nodeWeights: Float64Array,
) {
  const { outOffsets, outEdges, targets } = condensation.graph;
  const weights = new Float64Array(start + 1);
  const onwards = new Int32Array(start + 1).fill(-1);
  // callees have lower numbers: when a component is reached, all that it calls is known
  for (let component = 0; component <= start; component++) {
    for (let i = outOffsets[component]; i < outOffsets[component + 1]; i++) {
      const edge = outEdges[i];
      const further = edgeWeights[edge] + weights[targets[edge]];
      if (further > weights[component]) {
        weights[component] = further;
        onwards[component] = edge;
      }
    }
    for (const node of membersOf(condensation, component)) {
      weights[component] += known(nodeWeights[node]);
    }
  }
  return { weight: weights[start], onwards };
}

/** For each condensed edge the heaviest of those that it stands for; of equals the first. */
function heaviestEdges(
  { outEdges }: DependencyGraph,
  { graph, condensedOutEdges }: Condensation,
  edgeWeights: Float64Array,
): Int32Array {
  const heaviest = new Int32Array(graph.edgeCount).fill(-1);
  for (let i = 0; i < outEdges.length; i++) {
    const edge = outEdges[i];
    const condensed = condensedOutEdges[i];
    if (
      condensed >= 0 &&
      (heaviest[condensed] < 0 ||
        known(edgeWeights[edge]) > known(edgeWeights[heaviest[condensed]]))
    ) {
      heaviest[condensed] = edge;
    }
  }
  return heaviest;
}

function membersOf(
  { members, memberOffsets }: Condensation,
  component: number,
): Int32Array {
  return members.subarray(
    memberOffsets[component],
    memberOffsets[component + 1],
  );
}

function known(weight: number): number {
  return Number.isNaN(weight) ? 0 : weight;
}

function requireWeights(
  what: 'edge' | 'node',
  weights: Float64Array,
  count: number,
): void {
  if (weights.length !== count) {
    throw new EngineInputError(
      `There are ${weights.length} ${what} weights for ${count} ${what}s; pass one each.`,
    );
  }
  const wrong = weights.findIndex(weight => weight < 0 || weight === Infinity);
  if (wrong >= 0) {
    throw new EngineInputError(
      `The weight of ${what} ${wrong} is ${weights[wrong]}; pass a number from 0, or NaN where it is unknown.`,
    );
  }
}
