import type { DependencyEdge } from 'backstage-plugin-slo-recommender-common';
import { isEntry } from './entry';
import type { Identities } from '../identity/identifyNames';
import { perSecond } from './perSecond';
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
  const add = (id: string, rate: number) => {
    if (rate > 0) rates.set(id, (rates.get(id) ?? 0) + rate);
  };
  for (const { source, target, callsPerSecond } of edges) {
    if (source !== target) add(target, callsPerSecond ?? 0);
  }
  for (const { origin, targetName, calls, seconds } of facts.edges.filter(
    isEntry,
  )) {
    add(nodeIdOf({ origin, name: targetName }), perSecond(calls, seconds) ?? 0);
  }
  for (const node of facts.nodes) {
    const rate = perSecond(node.requests, node.seconds);
    if (rate === null) continue;
    const id = nodeIdOf(node);
    if (rate > 0) rates.set(id, rate);
    else rates.delete(id);
  }
  return rates;
}
