import type { DependencyEdge } from 'backstage-plugin-slo-recommender-common';
import type { StoredDependency } from '../store';
import {
  describeNode,
  hideNodes,
  mergeEdges,
  subgraph,
} from './dependencyGraph';

const stored = (
  sourceId: string,
  targetId: string,
  overrides: Partial<StoredDependency> = {},
): StoredDependency => ({
  sourceId,
  targetId,
  origin: 'catalog',
  kind: 'hard',
  calls: null,
  failedCalls: null,
  seconds: null,
  firstSeenAt: null,
  lastSeenAt: null,
  ...overrides,
});

const observed = (
  sourceId: string,
  targetId: string,
  overrides: Partial<StoredDependency> = {},
) =>
  stored(sourceId, targetId, {
    origin: 'telemetry:a',
    calls: 3_600,
    failedCalls: 36,
    seconds: 3_600,
    firstSeenAt: '2026-03-01T00:00:00.000Z',
    lastSeenAt: '2026-03-02T00:00:00.000Z',
    ...overrides,
  });

const edge = (source: string, target: string): DependencyEdge => ({
  source,
  target,
  declared: true,
  observed: false,
  kind: 'hard',
  callsPerSecond: null,
  failureRatio: null,
  firstSeenAt: null,
  lastSeenAt: null,
});

describe('mergeEdges', () => {
  it.each([
    ['declared', [stored('a', 'b')], { declared: true, observed: false }],
    ['observed', [observed('a', 'b')], { declared: false, observed: true }],
    [
      'declared soft and observed',
      [stored('a', 'b', { kind: 'soft' }), observed('a', 'b')],
      { declared: true, observed: true, kind: 'soft', callsPerSecond: 1 },
    ],
    [
      'observed and then declared soft',
      [observed('a', 'b'), stored('a', 'b', { kind: 'soft' })],
      { kind: 'soft', failureRatio: 0.01 },
    ],
    [
      'declared hard and observed over a queue',
      [stored('a', 'b'), observed('a', 'b', { kind: 'async' })],
      { kind: 'async' },
    ],
    [
      'observed by two datasources',
      [
        observed('a', 'b'),
        observed('a', 'b', {
          origin: 'telemetry:b',
          failedCalls: 108,
          lastSeenAt: '2026-03-05T00:00:00.000Z',
        }),
      ],
      {
        callsPerSecond: 1,
        failureRatio: 0.01,
        firstSeenAt: '2026-03-01T00:00:00.000Z',
        lastSeenAt: '2026-03-05T00:00:00.000Z',
      },
    ],
  ])('gives one edge where it is %s', (_, dependencies, expected) => {
    expect(mergeEdges(dependencies)).toEqual([
      expect.objectContaining({ source: 'a', target: 'b', ...expected }),
    ]);
  });
});

describe('subgraph', () => {
  // web → shop → payment → bank, shop → cart → shop
  const edges = [
    edge('web', 'shop'),
    edge('shop', 'payment'),
    edge('payment', 'bank'),
    edge('shop', 'cart'),
    edge('cart', 'shop'),
  ];

  it.each([
    ['downstream', 1, ['cart', 'payment', 'shop']],
    ['downstream', 2, ['bank', 'cart', 'payment', 'shop']],
    ['downstream', 50, ['bank', 'cart', 'payment', 'shop']],
    ['upstream', 1, ['cart', 'shop', 'web']],
    ['both', 1, ['cart', 'payment', 'shop', 'web']],
  ] as const)('reaches %s to depth %i', (direction, depth, expected) => {
    const reached = subgraph('shop', edges, { direction, depth });
    expect(reached.nodeIds.sort()).toEqual(expected);
    expect(new Set(reached.edges).size).toBe(reached.edges.length);
  });
});

describe('hideNodes', () => {
  it('counts what the reader may not see and drops its edges', () => {
    const response = {
      root: 'component:default/shop',
      nodes: [
        'component:default/shop',
        'component:default/secret',
        'undeclared:x',
      ].map(id => describeNode(id, new Map())),
      edges: [
        edge('component:default/shop', 'component:default/secret'),
        edge('component:default/shop', 'undeclared:x'),
      ],
      hiddenNodes: 0,
    };
    const hidden = hideNodes(response, ref => !ref.endsWith('secret'));
    expect(hidden.hiddenNodes).toBe(1);
    expect(JSON.stringify(hidden)).not.toContain('secret');
    expect(hidden.edges).toHaveLength(1);
  });
});
