import type { ObservedDependency } from 'backstage-plugin-slo-recommender-node';
import type { CatalogEntity, Dependency } from '../store';

/** Id of a node that telemetry knows and the catalog does not. */
export const undeclaredId = (telemetryName: string) =>
  `undeclared:${telemetryName}`;

const earlier = (a: string | null, b: string) => (a !== null && a < b ? a : b);
const later = (a: string | null, b: string) => (a !== null && a > b ? a : b);

/** Longest telemetry name that is kept of what no service claims. */
const MAX_NAME_LENGTH = 200;

/** A name from outside as a database can keep it: bounded, and without the NUL that PostgreSQL refuses. */
const printable = (name: string) =>
  name.replaceAll('\0', '\uFFFD').slice(0, MAX_NAME_LENGTH);

const isCount = (value: number) => Number.isFinite(value) && value >= 0;

/**
 * Maps calls between telemetry names to edges between services. Names of no service become `undeclared:` nodes. The
 * outside world (`user`) is where requests enter and not a service, so its calls are no dependency.
 */
export function observedDependencies(
  observed: ObservedDependency[],
  seconds: number,
  services: CatalogEntity[],
): Dependency[] {
  const refByName = new Map<string, string>();
  for (const { entityRef, telemetryNames } of services) {
    for (const name of telemetryNames) {
      if (!refByName.has(name)) refByName.set(name, entityRef);
    }
  }
  const nodeId = (name: string) =>
    refByName.get(name) ?? undeclaredId(printable(name));
  const edges = new Map<string, Dependency>();
  for (const call of observed) {
    if (call.client === 'user') continue;
    if (!isCount(call.calls) || !isCount(call.failedCalls)) continue;
    const sourceId = nodeId(call.client);
    const targetId = nodeId(call.server);
    const key = JSON.stringify([sourceId, targetId]);
    const edge: Dependency = edges.get(key) ?? {
      sourceId,
      targetId,
      kind: call.connectionType === 'messaging' ? 'async' : 'hard',
      calls: 0,
      failedCalls: 0,
      seconds,
      firstSeenAt: null,
      lastSeenAt: null,
    };
    edges.set(key, {
      ...edge,
      calls: (edge.calls ?? 0) + call.calls,
      failedCalls: (edge.failedCalls ?? 0) + call.failedCalls,
      firstSeenAt: earlier(edge.firstSeenAt, call.firstSeenAt.toISOString()),
      lastSeenAt: later(edge.lastSeenAt, call.lastSeenAt.toISOString()),
    });
  }
  return [...edges.values()];
}
