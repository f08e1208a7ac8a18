import type { DependencyKind } from 'backstage-plugin-slo-recommender-common';
import type { ObservedDependency } from 'backstage-plugin-slo-recommender-node';
import { earliest, latest } from './graph/mergeOrigins';
import type { SeenCalls } from '../telemetry';
import {
  NAMES_ATTRIBUTE,
  storableName,
  type OriginEdge,
} from './store/dependencyRows';

const KINDS = {
  request: 'sync',
  messaging: 'async',
  database: 'database',
  virtual: 'virtual',
} as const satisfies Record<
  ObservedDependency['connectionType'],
  DependencyKind
>;

const isCount = (value: number) => Number.isFinite(value) && value >= 0;

/**
 * Calls between telemetry names as the store keeps them: one edge per caller and callee, of the kind that most of its
 * calls have. Calls that cannot be counted are left out.
 */
export function observedEdges(
  observed: SeenCalls[],
  seconds: number,
): OriginEdge[] {
  const edges = new Map<string, OriginEdge>();
  const usable = observed.filter(
    ({ calls, failedCalls }) => isCount(calls) && isCount(failedCalls),
  );
  for (const call of usable.sort((a, b) => b.calls - a.calls)) {
    const sourceName = storableName(call.client);
    const targetName = storableName(call.server);
    const key = JSON.stringify([sourceName, targetName]);
    const busiest = edges.get(key);
    edges.set(key, {
      sourceName,
      targetName,
      kind: busiest?.kind ?? KINDS[call.connectionType],
      strength: null,
      calls: (busiest?.calls ?? 0) + call.calls,
      failedCalls: (busiest?.failedCalls ?? 0) + call.failedCalls,
      seconds,
      latency: busiest?.latency ?? call.latency,
      attributes:
        call.names === undefined
          ? {}
          : { [NAMES_ATTRIBUTE]: String(call.names) },
      firstSeenAt: earliest([
        busiest?.firstSeenAt ?? null,
        call.firstSeenAt.toISOString(),
      ]),
      lastSeenAt: latest([
        busiest?.lastSeenAt ?? null,
        call.lastSeenAt.toISOString(),
      ]),
    });
  }
  return [...edges.values()];
}
