import type {
  DependenciesQuery,
  DependenciesResponse,
  DependencyEdge,
  DependencyNode,
} from 'backstage-plugin-slo-recommender-common';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  CATALOG_ORIGIN,
  type CatalogEntity,
  type StoredDependency,
} from '../store';

const UNDECLARED_PREFIX = 'undeclared:';

/** Joins what the catalog declares and what telemetry saw into one edge per caller and callee. */
export function mergeEdges(dependencies: StoredDependency[]): DependencyEdge[] {
  const edges = new Map<string, DependencyEdge>();
  const mostCalls = new Map<string, number>();
  for (const dependency of dependencies) {
    const key = JSON.stringify([dependency.sourceId, dependency.targetId]);
    const declared = dependency.origin === CATALOG_ORIGIN;
    const edge = edges.get(key) ?? {
      source: dependency.sourceId,
      target: dependency.targetId,
      declared: false,
      observed: false,
      kind: dependency.kind,
      callsPerSecond: null,
      failureRatio: null,
      firstSeenAt: null,
      lastSeenAt: null,
    };
    edges.set(key, edge);
    if (declared) {
      edge.declared = true;
      // what telemetry saw as asynchronous is, whatever the default for declared edges
      if (edge.kind !== 'async') edge.kind = dependency.kind;
      continue;
    }
    if (!edge.declared || dependency.kind === 'async') {
      edge.kind = dependency.kind;
    }
    edge.observed = true;
    const { calls, failedCalls, seconds } = dependency;
    // a second source that sees the same calls does not make them more: the one that sees the most counts
    if (calls !== null && calls > (mostCalls.get(key) ?? -1)) {
      mostCalls.set(key, calls);
      edge.callsPerSecond = seconds ? calls / seconds : null;
      edge.failureRatio =
        calls > 0 ? Math.min(1, (failedCalls ?? 0) / calls) : null;
    }
    edge.firstSeenAt =
      [edge.firstSeenAt, dependency.firstSeenAt]
        .filter(at => at !== null)
        .sort()[0] ?? null;
    edge.lastSeenAt =
      [edge.lastSeenAt, dependency.lastSeenAt]
        .filter(at => at !== null)
        .sort()
        .at(-1) ?? null;
  }
  return [...edges.values()];
}

/** The part of the graph within `depth` edges of the root, in the direction asked for. */
export function subgraph(
  root: string,
  edges: DependencyEdge[],
  query: DependenciesQuery,
): { nodeIds: string[]; edges: DependencyEdge[] } {
  const steps = new Map<string, DependencyEdge[]>();
  const addStep = (id: string, edge: DependencyEdge) =>
    steps.set(id, [...(steps.get(id) ?? []), edge]);

  const reached = new Set<DependencyEdge>();
  const nodeIds = new Set([root]);
  for (const direction of ['downstream', 'upstream'] as const) {
    if (query.direction !== 'both' && query.direction !== direction) continue;
    const [near, far] =
      direction === 'downstream'
        ? (['source', 'target'] as const)
        : (['target', 'source'] as const);
    steps.clear();
    edges.forEach(edge => addStep(edge[near], edge));
    const visited = new Set([root]);
    let frontier = [root];
    for (let depth = 0; depth < query.depth && frontier.length; depth++) {
      const next: string[] = [];
      for (const id of frontier) {
        for (const edge of steps.get(id) ?? []) {
          reached.add(edge);
          nodeIds.add(edge[far]);
          if (visited.has(edge[far])) continue;
          visited.add(edge[far]);
          next.push(edge[far]);
        }
      }
      frontier = next;
    }
  }
  return { nodeIds: [...nodeIds], edges: [...reached] };
}

/** What is known of a node. */
export function describeNode(
  id: string,
  entities: Map<string, CatalogEntity>,
): DependencyNode {
  const entity = entities.get(id);
  if (!entity && id.startsWith(UNDECLARED_PREFIX)) {
    return {
      id,
      entityRef: null,
      name: id.slice(UNDECLARED_PREFIX.length),
      kind: 'undeclared',
      type: null,
      owner: null,
      analysed: false,
    };
  }
  return {
    id,
    entityRef: id,
    name: entity?.title ?? parseEntityRef(id).name,
    kind: entity?.kind ?? parseEntityRef(id).kind,
    type: entity?.type ?? null,
    owner: entity?.owner ?? null,
    analysed: entity?.optedIn ?? false,
  };
}

/** Takes out nodes that the reader may not see, with their edges, and counts them. */
export function hideNodes(
  response: DependenciesResponse,
  visible: (entityRef: string) => boolean,
): DependenciesResponse {
  const nodes = response.nodes.filter(
    ({ entityRef }) => entityRef === null || visible(entityRef),
  );
  const shown = new Set(nodes.map(({ id }) => id));
  return {
    ...response,
    nodes,
    edges: response.edges.filter(
      ({ source, target }) => shown.has(source) && shown.has(target),
    ),
    hiddenNodes: response.hiddenNodes + response.nodes.length - nodes.length,
  };
}
