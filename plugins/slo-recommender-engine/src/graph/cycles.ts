import { EngineInputError } from '../sli';
import { membersByComponent, stronglyConnectedComponents } from './components';
import type { DependencyGraph, Follow } from './DependencyGraph';

/** Two or more services each of which calls every other, directly or through others of them. */
export interface Cycle {
  /** Nodes, in the order of their names. */
  members: number[];
  /** Calls between the members, in the order of the names of caller and callee. Self-edges are not among them. */
  edges: number[];
}

/**
 * The strongly connected components of more than one node, in the order of their first member's name.
 *
 * By names the answer is the same however nodes and edges are numbered. Names are compared by UTF-16 code units.
 *
 * @param names - one per node, all different.
 * @throws {@link EngineInputError} for names that are missing or repeated.
 */
export function findCycles(
  graph: DependencyGraph,
  names: readonly string[],
  follow?: Follow,
): Cycle[] {
  requireNames(graph, names);
  const components = stronglyConnectedComponents(graph, follow);
  const { memberOffsets, members } = membersByComponent(components);
  const cycles: Cycle[] = [];
  for (let component = 0; component < components.count; component++) {
    const from = memberOffsets[component];
    const to = memberOffsets[component + 1];
    if (to - from > 1) {
      const ofComponent = [...members.subarray(from, to)].sort((a, b) =>
        compareNames(names[a], names[b]),
      );
      cycles.push({
        members: ofComponent,
        edges: ofComponent.flatMap(node =>
          callsWithin(graph, components.componentOf, node, follow).sort(
            (a, b) =>
              compareNames(names[graph.targets[a]], names[graph.targets[b]]),
          ),
        ),
      });
    }
  }
  return cycles.sort((a, b) =>
    compareNames(names[a.members[0]], names[b.members[0]]),
  );
}

/** One text for the same members, whatever their order, and for no others. */
export function cycleIdentity(names: readonly string[]): string {
  return JSON.stringify([...names].sort(compareNames));
}

/** Edges from a node to itself. They are facts about a service, and left out of cycles, degrees and orders. */
export function selfCalls(graph: DependencyGraph): Int32Array {
  const { sources, targets } = graph;
  const edges: number[] = [];
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (sources[edge] === targets[edge]) edges.push(edge);
  }
  return Int32Array.from(edges);
}

function callsWithin(
  graph: DependencyGraph,
  componentOf: Int32Array,
  node: number,
  follow: Follow | undefined,
): number[] {
  const row = graph.outEdges.subarray(
    graph.outOffsets[node],
    graph.outOffsets[node + 1],
  );
  return [...row].filter(edge => {
    const callee = graph.targets[edge];
    return (
      callee !== node &&
      componentOf[callee] === componentOf[node] &&
      (follow === undefined || follow(edge))
    );
  });
}

/** Code units rather than a locale: the order must not depend on the machine. */
function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function requireNames(graph: DependencyGraph, names: readonly string[]): void {
  if (names.length !== graph.nodeCount) {
    throw new EngineInputError(
      `There are ${names.length} names for ${graph.nodeCount} nodes; pass one per node.`,
    );
  }
  const different = new Set<string>();
  for (const name of names) {
    if (different.has(name)) {
      throw new EngineInputError(
        `The name ${JSON.stringify(name)} is given to two nodes; pass a different one for each.`,
      );
    }
    different.add(name);
  }
}
