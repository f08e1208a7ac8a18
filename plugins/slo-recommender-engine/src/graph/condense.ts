import { membersByComponent, type Components } from './components';
import {
  buildGraph,
  type DependencyGraph,
  type Follow,
} from './DependencyGraph';

/** A graph with its strongly connected components as nodes. It has no cycle. */
export interface Condensation {
  /** One node per component, one edge per pair of components with calls, none within a component. */
  graph: DependencyGraph;
  /** Nodes of the original graph in component c: `members[memberOffsets[c]]` to `members[memberOffsets[c + 1] - 1]`. */
  memberOffsets: Int32Array;
  members: Int32Array;
  /**
   * For each of the original's `outEdges`, in their order, the edge of the condensed graph that stands for it; −1 within
   * a component, and where it was not followed.
   */
  condensedOutEdges: Int32Array;
}

/**
 * Condenses a graph in linear time.
 *
 * @param components - of the same graph, found with the same `follow`.
 */
export function condense(
  graph: DependencyGraph,
  components: Components,
  follow?: Follow,
): Condensation {
  const { outOffsets, outEdges, outTargets, edgeCount } = graph;
  const { count, componentOf } = components;
  const { memberOffsets, members } = membersByComponent(components);
  const condensedOutEdges = new Int32Array(edgeCount);
  const sources = new Int32Array(edgeCount);
  const callees = new Int32Array(edgeCount);
  let condensed = 0;
  /** Latest condensed edge to each component, counted from 1. */
  const latestTo = new Int32Array(count);

  for (let component = 0; component < count; component++) {
    const firstOfComponent = condensed;
    for (
      let m = memberOffsets[component];
      m < memberOffsets[component + 1];
      m++
    ) {
      const rowEnd = outOffsets[members[m] + 1];
      for (let i = outOffsets[members[m]]; i < rowEnd; i++) {
        const callee = componentOf[outTargets[i]];
        if (
          callee === component ||
          (follow !== undefined && !follow(outEdges[i]))
        ) {
          condensedOutEdges[i] = -1;
          continue;
        }
        if (latestTo[callee] <= firstOfComponent) {
          sources[condensed] = component;
          callees[condensed] = callee;
          latestTo[callee] = ++condensed;
        }
        condensedOutEdges[i] = latestTo[callee] - 1;
      }
    }
  }
  return {
    graph: buildGraph(
      count,
      sources.slice(0, condensed),
      callees.slice(0, condensed),
    ),
    memberOffsets,
    members,
    condensedOutEdges,
  };
}
