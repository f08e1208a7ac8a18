import type {
  DependenciesResponse,
  DependencyEdge,
  DependencyNode,
} from 'backstage-plugin-slo-recommender-common';
import { callsDownstream, callsUpstream } from '../graph';
import type { ClaimFilter } from './useDependencyQuery';

export interface Graph {
  root: string;
  /** Nearest first. */
  nodes: DependencyNode[];
  edges: DependencyEdge[];
}

const keeps: Record<ClaimFilter, (edge: DependencyEdge) => boolean> = {
  any: () => true,
  declared: edge => edge.declared,
  observed: edge => edge.observed,
  both: edge => edge.declared && edge.observed,
};

/** The services within some ids, and the calls between them. */
function within(
  graph: Pick<Graph, 'nodes' | 'edges' | 'root'>,
  ids: ReadonlySet<string>,
): Graph {
  return {
    root: graph.root,
    nodes: graph.nodes.filter(({ id }) => ids.has(id)),
    edges: graph.edges.filter(
      ({ source, target }) => ids.has(source) && ids.has(target),
    ),
  };
}

/** Keeps the calls that a filter lets through, and the services that these still lead to. */
export function narrow(
  response: DependenciesResponse,
  claim: ClaimFilter,
): Graph {
  const { root, nodes } = response;
  const edges = response.edges.filter(keeps[claim]);
  const downstream = callsDownstream(root, edges);
  const upstream = callsUpstream(root, edges);
  const distance = ({ id }: DependencyNode) =>
    Math.min(downstream.get(id) ?? Infinity, upstream.get(id) ?? Infinity);
  const sorted = {
    root,
    nodes: [...nodes].sort((a, b) => distance(a) - distance(b)),
    edges,
  };
  return claim === 'any'
    ? sorted
    : within(sorted, new Set([...downstream.keys(), ...upstream.keys()]));
}

/** As much of a graph as can be drawn: the nearest services. */
export function nearest(graph: Graph, most: number): Graph {
  return graph.nodes.length <= most
    ? graph
    : within(graph, new Set(graph.nodes.slice(0, most).map(({ id }) => id)));
}

/** Names an edge where one text must do, for example in an address. */
export function edgeId(edge: { source: string; target: string }): string {
  return `${edge.source}~${edge.target}`;
}
