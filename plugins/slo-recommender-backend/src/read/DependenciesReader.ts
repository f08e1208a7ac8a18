import type {
  DependenciesQuery,
  DependenciesResponse,
} from 'backstage-plugin-slo-recommender-common';
import type { CatalogEntity, DependencyStore, EntityStore } from '../store';
import { describeNode, mergeEdges, subgraph } from './dependencyGraph';

/** What a service calls and what calls it, declared and observed. */
export class DependenciesReader {
  readonly #entities: EntityStore;
  readonly #dependencies: DependencyStore;

  constructor(entities: EntityStore, dependencies: DependencyStore) {
    this.#entities = entities;
    this.#dependencies = dependencies;
  }

  async get(
    service: CatalogEntity,
    query: DependenciesQuery,
  ): Promise<DependenciesResponse> {
    const [entities, dependencies] = await Promise.all([
      this.#entities.getAll(),
      this.#dependencies.listAll(),
    ]);
    const { nodeIds, edges } = subgraph(
      service.entityRef,
      mergeEdges(dependencies),
      query,
    );
    return {
      root: service.entityRef,
      nodes: nodeIds.map(id => describeNode(id, entities)),
      edges,
      hiddenNodes: 0,
    };
  }
}
