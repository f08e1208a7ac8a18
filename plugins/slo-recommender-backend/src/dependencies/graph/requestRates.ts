import type { DependencyEdge } from 'backstage-plugin-slo-recommender-common';
import type { Identities } from '../identity/identifyNames';
import { isTelemetryOrigin } from '../store/DependencyStore';
import type { StoredDependency, StoredNode } from '../store/dependencyRows';

/** Name of the outside world in service graphs: requests enter there, and it is not a service. */
const ENTRY_NAME = 'user';

/** Whether calls come from outside and are no dependency of a service. */
export const isEntry = ({ origin, sourceName }: StoredDependency) =>
  isTelemetryOrigin(origin) && sourceName === ENTRY_NAME;

/** Calls per second or per request; null if either is unknown, or the quotient is more than a number can hold. */
export function ratePer(
  calls: number | null,
  divisor: number | null,
): number | null {
  if (calls === null || divisor === null) return null;
  const rate = calls / divisor;
  return Number.isFinite(rate) ? rate : null;
}

/**
 * Requests that each service serves per second, by node id: counted at the service, else the sum over its callers and
 * the outside world. A service of which neither is known, or that serves none, is left out.
 */
export function requestRates(
  reported: { edges: StoredDependency[]; nodes: StoredNode[] },
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
  for (const { origin, targetName, calls, seconds } of reported.edges.filter(
    isEntry,
  )) {
    add(nodeIdOf({ origin, name: targetName }), ratePer(calls, seconds) ?? 0);
  }
  for (const node of reported.nodes) {
    const rate = ratePer(node.requests, node.seconds);
    if (rate === null) continue;
    const id = nodeIdOf(node);
    if (rate > 0) rates.set(id, rate);
    else rates.delete(id);
  }
  return rates;
}
