import type {
  DependenciesResponse,
  DependencyEdge,
  DependencyNode,
  DivergenceResponse,
} from 'backstage-plugin-slo-recommender-common';
import { AS_OF } from './responses';

const FIRST_SEEN = '2026-10-02T08:00:00.000Z';

/** A service that the catalog knows and nothing is wrong with. */
export function dependencyNode(
  name: string,
  changes: Partial<DependencyNode> = {},
): DependencyNode {
  return {
    id: `component:default/${name}`,
    entityRef: `component:default/${name}`,
    name,
    kind: 'component',
    type: 'service',
    owner: 'group:default/ordering',
    system: null,
    analysed: true,
    inCatalog: true,
    downstreamDistance: null,
    upstreamDistance: null,
    fanIn: 1,
    fanOut: 1,
    aliases: [],
    cycleId: null,
    verdict: 'ok',
    achieved: 0.9992,
    promisedObjective: 0.999,
    recommendedObjective: 0.999,
    budgetRemaining: 0.6,
    ...changes,
  };
}

/** A hard call that the catalog declares and telemetry sees. */
export function dependencyEdge(
  source: string,
  target: string,
  changes: Partial<DependencyEdge> = {},
): DependencyEdge {
  return {
    source,
    target,
    declared: true,
    observed: true,
    kind: 'sync',
    strength: 'hard',
    callsPerSecond: 12,
    callsPerRequest: 1.2,
    failureRatio: 0.0004,
    latency: null,
    firstSeenAt: FIRST_SEEN,
    lastSeenAt: AS_OF,
    confidence: 0.97,
    stale: false,
    cycleId: null,
    provenance: [
      {
        origin: 'catalog',
        firstSeenAt: FIRST_SEEN,
        lastSeenAt: AS_OF,
        reports: 40,
        calls: null,
        failedCalls: null,
        seconds: null,
        attributes: {},
      },
      {
        origin: 'telemetry:eu',
        firstSeenAt: FIRST_SEEN,
        lastSeenAt: AS_OF,
        reports: 900,
        calls: 43_200,
        failedCalls: 17,
        seconds: 3_600,
        attributes: { connection_type: 'virtual_node' },
      },
    ],
    ...changes,
  };
}

const root = dependencyNode('checkout', {
  downstreamDistance: 0,
  upstreamDistance: 0,
  fanIn: 1,
  fanOut: 4,
  cycleId: 'cycle-1',
});
const web = dependencyNode('web', { upstreamDistance: 1 });
const payments = dependencyNode('payments', {
  downstreamDistance: 1,
  owner: 'group:default/payments',
  aliases: [
    {
      name: 'payments-api:8080',
      joinedBy: 'evidence',
      reason: 'The names differ only in the port.',
    },
  ],
});
const cart = dependencyNode('cart', {
  downstreamDistance: 1,
  cycleId: 'cycle-1',
  verdict: 'invalid',
  achieved: null,
  budgetRemaining: null,
});
const orders = dependencyNode('orders', {
  id: 'resource:default/orders',
  entityRef: 'resource:default/orders',
  kind: 'resource',
  type: 'queue',
  downstreamDistance: 1,
  analysed: false,
  verdict: null,
});
const fraud = dependencyNode('fraud-check', {
  id: 'undeclared:fraud-check',
  entityRef: null,
  kind: 'undeclared',
  type: null,
  owner: null,
  analysed: false,
  inCatalog: false,
  downstreamDistance: 1,
  verdict: null,
  achieved: null,
  budgetRemaining: null,
});

/** Checkout calls payments, orders, cart and an undeclared fraud-check; web calls checkout, and cart calls back. */
export const dependencies: DependenciesResponse = {
  root: root.id,
  nodes: [root, web, payments, cart, orders, fraud],
  edges: [
    dependencyEdge(web.id, root.id, { callsPerSecond: 40 }),
    dependencyEdge(root.id, payments.id, {
      failureRatio: 0.03,
      latency: {
        side: 'server',
        p50: { fromSeconds: 0, toSeconds: 0.1 },
        p95: { fromSeconds: 0.2, toSeconds: 0.4 },
        p99: { fromSeconds: 12.8, toSeconds: null },
      },
    }),
    dependencyEdge(root.id, orders.id, {
      kind: 'async',
      strength: 'soft',
      observed: false,
      callsPerSecond: null,
      callsPerRequest: null,
      failureRatio: null,
    }),
    dependencyEdge(root.id, cart.id, { cycleId: 'cycle-1' }),
    dependencyEdge(cart.id, root.id, { cycleId: 'cycle-1' }),
    dependencyEdge(root.id, fraud.id, { declared: false, strength: 'soft' }),
  ],
  hiddenNodes: 2,
  hiddenEdges: 3,
  staleEdges: 1,
  omittedNodes: 0,
};

export const divergence: DivergenceResponse = {
  entityRef: 'component:default/checkout',
  undeclared: [
    {
      target: fraud.id,
      name: fraud.name,
      entityRef: null,
      edge: dependencies.edges[5],
      advice: 'Telemetry sees calls that the catalog does not know.',
    },
  ],
  unseen: [
    {
      target: orders.id,
      name: orders.name,
      entityRef: orders.entityRef,
      edge: dependencies.edges[2],
      advice: 'Remove it, or look why its calls are not traced.',
    },
  ],
  agreeing: 3,
  unobserved: false,
  hidden: 1,
  catalogLines: 'spec:\n  dependsOn:\n    - component:default/fraud-check',
};
