import type { DependencyEdge } from 'backstage-plugin-slo-recommender-common';
import { isEntry } from './entry';
import type { Identities } from './identifyNames';
import type { GraphFacts } from './readGraphFacts';

/**
 * Requests that each service serves per second, by node id: counted at the service, else the sum over its callers and
 * the outside world. A service of which neither is known, or that serves none, is left out.
 */
export function requestRates(
  facts: GraphFacts,
  edges: DependencyEdge[],
  { nodeIdOf }: Identities,
): Map<string, number> {
  const rates = new Map<string, number>();
  const add = (id: string, perSecond: number) => {
    if (perSecond > 0) rates.set(id, (rates.get(id) ?? 0) + perSecond);
  };
  for (const { source, target, callsPerSecond } of edges) {
    if (source !== target) add(target, callsPerSecond ?? 0);
  }
  for (const { origin, targetName, calls, seconds } of facts.edges.filter(
    isEntry,
  )) {
    if (calls !== null && seconds !== null) {
      add(nodeIdOf({ origin, name: targetName }), calls / seconds);
    }
  }
  for (const node of facts.nodes) {
    if (node.requests === null || node.seconds === null) continue;
    const id = nodeIdOf(node);
    if (node.requests > 0) rates.set(id, node.requests / node.seconds);
    else rates.delete(id);
  }
  return rates;
}
