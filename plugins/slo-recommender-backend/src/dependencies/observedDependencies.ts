import type { ObservedDependenciesResponse } from 'backstage-plugin-slo-recommender-common';
import type { GraphView } from './GraphView';

/** Every edge between entities of the catalog that was observed and nobody declared. */
export function observedDependencies(
  view: GraphView,
): ObservedDependenciesResponse {
  const { nodes, edges, indexOf } = view.snapshot;
  const isShown = (id: string) => {
    const index = indexOf.get(id);
    return (
      index !== undefined && nodes[index].inCatalog && view.isVisible(index)
    );
  };
  return {
    items: edges
      .filter(
        ({ source, target, observed, declared, stale }) =>
          observed &&
          !declared &&
          !stale &&
          source !== target &&
          isShown(source) &&
          isShown(target),
      )
      .map(({ source, target, provenance, lastSeenAt }) => ({
        source,
        target,
        origins: provenance.map(({ origin }) => origin),
        lastSeenAt,
      })),
  };
}
