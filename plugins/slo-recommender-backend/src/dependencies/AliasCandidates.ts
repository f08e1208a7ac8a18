import { createHash } from 'crypto';
import type {
  AliasCandidate,
  AliasCandidatesResponse,
  FleetPageQuery,
} from 'backstage-plugin-slo-recommender-common';
import { LRUCache } from 'lru-cache';
import { findAliasCandidates } from './identity/findAliasCandidates';
import type { GraphNode, GraphSnapshot } from './graph/GraphSnapshot';
import type { NamedEdge, NamedNode } from './identity/callGraph';
import { undeclaredName } from './identity/identifyNames';
import { inYieldingBatches } from '../kernel/concurrency/yieldToEventLoop';
import type { GraphView } from './GraphView';
import { matches, pageOf } from './paging';

/** Readers who see different parts of one graph, and whose candidates are kept. */
const MAX_KEPT = 100;

/**
 * Names that may be one service. Drawn from what the reader may see alone: evidence would reveal the rest. Found once
 * for all that see the same of one graph, one after the other or at once.
 */
export class AliasCandidates {
  #snapshot: GraphSnapshot | undefined;
  /** By a digest of what is visible. */
  readonly #found = new LRUCache<string, AliasCandidate[], GraphView>({
    max: MAX_KEPT,
    // what is evicted while it is searched for still answers those who wait for it
    ignoreFetchAbort: true,
    fetchMethod: (_key, _stale, { context }) => findAmong(context),
  });

  async list(
    view: GraphView,
    query: FleetPageQuery,
  ): Promise<AliasCandidatesResponse> {
    const candidates = await this.#find(view);
    return pageOf(
      'aliases',
      candidates.filter(({ ids, names }) =>
        matches(query.text, [...ids, ...names]),
      ),
      ({ ids }) => ids.join(' '),
      query,
    );
  }

  #find(view: GraphView): Promise<AliasCandidate[]> {
    if (this.#snapshot !== view.snapshot) {
      this.#snapshot = view.snapshot;
      this.#found.clear();
    }
    const key = createHash('sha256').update(view.marks).digest('base64');
    return this.#found.forceFetch(key, { context: view });
  }
}

const namesOf = (node: GraphNode): string[] => [
  ...new Set([
    ...(node.entityRef === null ? [undeclaredName(node.id)] : []),
    ...(node.entity?.telemetryNames ?? []),
    ...node.aliases.map(({ name }) => name),
  ]),
];

async function findAmong(view: GraphView): Promise<AliasCandidate[]> {
  const { fresh, edges: facts, nodes: all } = view.snapshot;
  const nodes: NamedNode[] = [];
  for await (const batch of inYieldingBatches(view.visibleNodes())) {
    for (const { node } of batch) {
      if (node.folded) continue;
      nodes.push({
        id: node.id,
        entityRef: node.entityRef,
        names: namesOf(node),
      });
    }
  }
  const edges: NamedEdge[] = [];
  for await (const batch of inYieldingBatches(fresh.sources.keys())) {
    for (const edge of batch) {
      const [source, target] = [fresh.sources[edge], fresh.targets[edge]];
      if (!view.isVisible(source) || !view.isVisible(target)) continue;
      if (all[source].folded || all[target].folded) continue;
      edges.push({
        source: all[source].id,
        target: all[target].id,
        calls: facts[edge].callsPerSecond,
      });
    }
  }
  return findAliasCandidates({ nodes, edges });
}
