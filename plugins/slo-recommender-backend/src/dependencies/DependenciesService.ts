import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type {
  DependenciesQuery,
  DependenciesResponse,
  DependencyEdge,
  DependencyNode,
  DivergenceResponse,
} from 'backstage-plugin-slo-recommender-common';
import {
  type DependencyGraph,
  subgraph,
} from 'backstage-plugin-slo-recommender-engine';
import type { Graph } from './graph/Graph';
import type { GraphSnapshot } from './graph/GraphSnapshot';
import { divergenceOf } from './divergence';
import { GraphView, type NodeMarks, visibleNodes } from './GraphView';
import type { Visibility } from '../catalog';

/** What a service calls and what calls it, declared and observed. */
export class DependenciesService {
  readonly #graph: Pick<Graph, 'current'>;
  readonly #visibility: Pick<Visibility, 'readable'>;

  constructor(
    graph: Pick<Graph, 'current'>,
    visibility: Pick<Visibility, 'readable'>,
  ) {
    this.#graph = graph;
    this.#visibility = visibility;
  }

  /** @param root - entity reference of a service that the caller may read. */
  async get(
    root: string,
    query: DependenciesQuery,
    credentials: BackstageCredentials,
  ): Promise<DependenciesResponse> {
    const snapshot = await this.#graph.current();
    const rootIndex = requireNodeOf(snapshot, root);
    const { nodes, whole, fresh } = snapshot;
    const { direction, depth, includeStale, limit } = query;
    const graph = includeStale ? whole : fresh;
    const found = subgraph(graph, rootIndex, { direction, depth });
    const readable = await this.#visibility.readable(
      entityRefsOf(snapshot, found.nodes),
      credentials,
    );
    const visible = visibleNodes(snapshot, found.nodes, found.edges, readable);
    const seen = found.nodes.filter(index => visible[index]);
    const kept = new Uint8Array(nodes.length);
    for (const index of seen.subarray(0, limit)) kept[index] = 1;
    const endsIn = (edge: number, some: NodeMarks) =>
      some[whole.sources[edge]] && some[whole.targets[edge]];
    const downstream = distancesFrom(graph, rootIndex, 'downstream');
    const upstream = distancesFrom(graph, rootIndex, 'upstream');
    const edges: DependencyEdge[] = [];
    let hiddenEdges = 0;
    for (const edge of found.edges) {
      if (endsIn(edge, kept)) edges.push(snapshot.edges[edge]);
      else if (!endsIn(edge, visible)) hiddenEdges++;
    }
    const described: DependencyNode[] = [];
    for (const index of seen.subarray(0, limit)) {
      described.push(
        describeNode(snapshot, index, {
          downstream: downstream[index],
          upstream: upstream[index],
        }),
      );
    }
    return {
      root,
      nodes: described,
      edges,
      hiddenNodes: found.nodes.length - seen.length,
      hiddenEdges,
      staleEdges: includeStale ? 0 : staleEdges(snapshot, rootIndex, query),
      omittedNodes: seen.length - described.length,
    };
  }

  /** What the service calls by the catalog's word and by telemetry's; otherwise as `get`. */
  async getDivergence(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<DivergenceResponse> {
    const snapshot = await this.#graph.current();
    const index = requireNodeOf(snapshot, entityRef);
    const { nodes } = subgraph(snapshot.fresh, index, {
      direction: 'downstream',
      depth: 1,
    });
    const readable = await this.#visibility.readable(
      entityRefsOf(snapshot, nodes),
      credentials,
    );
    return divergenceOf(new GraphView(snapshot, readable), index);
  }
}

/** @throws ConflictError if the entity came after the graph was built. */
function requireNodeOf({ indexOf }: GraphSnapshot, entityRef: string): number {
  const index = indexOf.get(entityRef);
  if (index === undefined) {
    throw new ConflictError(
      `The catalog is changing '${entityRef}' at this moment; ask again.`,
    );
  }
  return index;
}

function entityRefsOf(snapshot: GraphSnapshot, nodes: Int32Array): string[] {
  const refs: string[] = [];
  for (const index of nodes) {
    const { entityRef, claimants } = snapshot.nodes[index];
    if (entityRef !== null) refs.push(entityRef);
    refs.push(...claimants);
  }
  return refs;
}

/** Stale edges that would be found if they were looked at. */
function staleEdges(
  { whole, fresh }: GraphSnapshot,
  root: number,
  { direction, depth }: DependenciesQuery,
): number {
  // those that are not stale have the lower numbers
  const firstStale = fresh.sources.length;
  if (whole.sources.length === firstStale) return 0;
  return subgraph(whole, root, { direction, depth }).edges.filter(
    edge => edge >= firstStale,
  ).length;
}

/** Least number of calls between the root and each node; -1 if there is no path. */
function distancesFrom(
  graph: DependencyGraph,
  root: number,
  direction: 'downstream' | 'upstream',
): Int32Array {
  const { nodes, distances } = subgraph(graph, root, {
    direction,
    depth: Infinity,
  });
  const byNode = new Int32Array(graph.nodeCount).fill(-1);
  nodes.forEach((node, i) => {
    byNode[node] = distances[i];
  });
  return byNode;
}

function describeNode(
  { nodes, fanIn, fanOut }: GraphSnapshot,
  index: number,
  distance: { downstream: number; upstream: number },
): DependencyNode {
  const node = nodes[index];
  return {
    id: node.id,
    entityRef: node.entityRef,
    name: node.name,
    kind: node.kind,
    type: node.type,
    owner: node.entity?.owner ?? null,
    system: node.entity?.system ?? null,
    analysed: node.entity?.optedIn ?? false,
    inCatalog: node.inCatalog,
    downstreamDistance: distance.downstream < 0 ? null : distance.downstream,
    upstreamDistance: distance.upstream < 0 ? null : distance.upstream,
    fanIn: fanIn[index],
    fanOut: fanOut[index],
    aliases: node.aliases,
    cycleId: node.cycleId,
    ...(node.folded ? { foldedNames: node.folded.names } : {}),
    verdict: node.result?.verdict ?? null,
    achieved: node.result?.achieved ?? null,
    promisedObjective: node.entity?.promisedObjective ?? null,
    recommendedObjective: node.result?.recommendedObjective ?? null,
    budgetRemaining: node.result?.budgetRemaining ?? null,
  };
}
