import { ConflictError } from '@backstage/errors';
import type {
  DependenciesQuery,
  DependenciesResponse,
  DependencyNode,
  DivergenceResponse,
} from 'backstage-plugin-slo-recommender-common';
import {
  type DependencyGraph,
  subgraph,
} from 'backstage-plugin-slo-recommender-engine';
import type { Graph, GraphSnapshot } from '../graph';
import { divergenceOf } from './divergence';
import { GraphView } from './GraphView';
import { type Readable, visibleNodes } from './visibleNodes';

/** What a service calls and what calls it, declared and observed. */
export class DependenciesReader {
  readonly #graph: Graph;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /**
   * @param root - entity reference of a service that the reader may see.
   * @param readableAmong - which of the entities the reader may read.
   */
  async get(
    root: string,
    query: DependenciesQuery,
    readableAmong: (entityRefs: string[]) => Promise<Readable>,
  ): Promise<DependenciesResponse> {
    const snapshot = await this.#graph.current();
    const rootIndex = requireNodeOf(snapshot, root);
    const { nodes, whole, fresh } = snapshot;
    const { direction, depth, includeStale, limit } = query;
    const graph = includeStale ? whole : fresh;
    const found = subgraph(graph, rootIndex, { direction, depth });
    const readable = await readableAmong(
      [...found.nodes].flatMap(index => nodes[index].entityRef ?? []),
    );
    const visible = visibleNodes(snapshot, found.nodes, found.edges, readable);
    const kept = new Set([...visible].slice(0, limit));
    const endsIn = (edge: number, some: Set<number>) =>
      some.has(whole.sources[edge]) && some.has(whole.targets[edge]);
    const downstream = distancesFrom(graph, rootIndex, 'downstream');
    const upstream = distancesFrom(graph, rootIndex, 'upstream');
    return {
      root,
      nodes: [...kept].map(index => ({
        ...describeNode(snapshot, index),
        downstreamDistance: downstream.get(index) ?? null,
        upstreamDistance: upstream.get(index) ?? null,
      })),
      edges: [...found.edges]
        .filter(edge => endsIn(edge, kept))
        .map(edge => snapshot.edges[edge]),
      hiddenNodes: found.nodes.length - visible.size,
      hiddenEdges: found.edges.filter(edge => !endsIn(edge, visible)).length,
      staleEdges: includeStale
        ? 0
        : subgraph(whole, rootIndex, { direction, depth }).edges.filter(
            edge => snapshot.edges[edge].stale,
          ).length,
      omittedNodes: visible.size - kept.size,
    };
  }

  /** What the service calls by the catalog's word and by telemetry's; otherwise as `get`. */
  async getDivergence(
    entityRef: string,
    readableAmong: (entityRefs: string[]) => Promise<Readable>,
  ): Promise<DivergenceResponse> {
    const snapshot = await this.#graph.current();
    const index = requireNodeOf(snapshot, entityRef);
    const { nodes } = subgraph(snapshot.fresh, index, {
      direction: 'downstream',
      depth: 1,
    });
    const readable = await readableAmong(
      [...nodes].flatMap(node => snapshot.nodes[node].entityRef ?? []),
    );
    return divergenceOf(new GraphView(snapshot, readable), index);
  }
}

/** @throws ConflictError where the entity came after the graph was built. */
function requireNodeOf({ indexOf }: GraphSnapshot, entityRef: string): number {
  const index = indexOf.get(entityRef);
  if (index === undefined) {
    throw new ConflictError(
      `The catalog is changing '${entityRef}' at this moment; ask again.`,
    );
  }
  return index;
}

/** Least number of calls between the root and each node that has a path. */
function distancesFrom(
  graph: DependencyGraph,
  root: number,
  direction: 'downstream' | 'upstream',
): Map<number, number> {
  const { nodes, distances } = subgraph(graph, root, {
    direction,
    depth: Infinity,
  });
  return new Map([...nodes].map((node, i) => [node, distances[i]]));
}

function describeNode(
  { nodes, fanIn, fanOut }: GraphSnapshot,
  index: number,
): Omit<DependencyNode, 'downstreamDistance' | 'upstreamDistance'> {
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
    fanIn: fanIn[index],
    fanOut: fanOut[index],
    aliases: node.aliases,
    cycleId: node.cycleId,
    verdict: node.result?.verdict ?? null,
    achieved: node.result?.achieved ?? null,
    promisedObjective: node.entity?.promisedObjective ?? null,
    recommendedObjective: node.result?.recommendedObjective ?? null,
    budgetRemaining: node.result?.budgetRemaining ?? null,
  };
}
