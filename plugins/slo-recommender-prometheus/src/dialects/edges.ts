import type { ObservedDependency } from 'backstage-plugin-slo-recommender-node';
import { ISTIO_REQUESTS, istioCounter, istioNames, REPORTERS } from './istio';
import type { Inventory } from './resolve';
import {
  SERVICE_GRAPH_EDGE_LABELS,
  SERVICE_GRAPH_REQUESTS,
  serviceGraphCounter,
} from './serviceGraph';
import type { RequestCounter } from './types';

/** Who calls whom, and how. */
export type Edge = Pick<
  ObservedDependency,
  'client' | 'server' | 'connectionType'
>;

/** A counter of requests per edge. */
export interface EdgeDialect {
  id: 'service-graph' | 'istio';
  counter: RequestCounter;
  /** Labels that distinguish edges. */
  by: readonly string[];
  /** The edge that the labels name; undefined if they name none. */
  edgeOf(labels: Record<string, string>): Edge | undefined;
  /** Label of who counted, and who of them is to be believed where several counted the same edge, best first. */
  reporter?: { label: string; preferred: readonly string[] };
}

/** Telemetry's name for callers outside of what is watched. */
export const OUTSIDE = 'user';

const CONNECTION_TYPES = new Map<string, ObservedDependency['connectionType']>([
  ['messaging_system', 'messaging'],
  ['database', 'database'],
  ['virtual_node', 'virtual'],
]);

/** The edge of a service graph that the labels name; undefined if one of its ends has no name. */
export function serviceGraphEdge(
  labels: Record<string, string>,
): Edge | undefined {
  const { client, server, connection_type: type = '' } = labels;
  return client && server
    ? {
        client,
        server,
        connectionType:
          CONNECTION_TYPES.get(type) ??
          (client === OUTSIDE ? 'virtual' : 'request'),
      }
    : undefined;
}

export function serviceGraphEdges({
  metrics,
  labels,
  isMetricsQL,
}: Inventory): EdgeDialect {
  return {
    id: 'service-graph',
    counter: {
      ...serviceGraphCounter(metrics, labels.get(SERVICE_GRAPH_REQUESTS)),
      isMetricsQL,
    },
    by: SERVICE_GRAPH_EDGE_LABELS,
    edgeOf: serviceGraphEdge,
  };
}

/** Requests that both proxies reported are counted as the one at the destination saw them. */
export function istioEdges({ labels, isMetricsQL }: Inventory): EdgeDialect {
  const [name] = istioNames(labels.get(ISTIO_REQUESTS));
  const [source, destination] = [`source_${name}`, `destination_${name}`];
  return {
    id: 'istio',
    counter: { ...istioCounter('destination'), matchers: [], isMetricsQL },
    by: [source, destination, 'reporter'],
    reporter: { label: 'reporter', preferred: REPORTERS },
    edgeOf: ({ [source]: client, [destination]: server }) => {
      if (!client || !server || server === 'unknown') {
        return undefined;
      }
      return client === 'unknown'
        ? { client: OUTSIDE, server, connectionType: 'virtual' }
        : { client, server, connectionType: 'request' };
    },
  };
}

/** Identifies an edge among others. */
export function edgeKey({ client, server, connectionType }: Edge): string {
  return JSON.stringify([client, server, connectionType]);
}
