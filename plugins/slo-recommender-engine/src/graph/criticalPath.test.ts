import fc from 'fast-check';
import {
  arbitraryCalls,
  chainOf,
  graphOf,
  naiveDistances,
  type CallList,
} from '../__testUtils__/arbitraryGraph';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { EngineInputError } from '../sli';
import { criticalPath } from './criticalPath';

interface Case {
  what: string;
  calls: [caller: number, callee: number][];
  edgeWeights: number[];
  nodeWeights?: number[];
  path: ReturnType<typeof criticalPath>;
}

const nothingUnknown = { nodes: [], edges: [] };

const cases: Case[] = [
  {
    what: 'the heavier of two ways, not the shorter',
    calls: [
      [0, 1],
      [1, 3],
      [0, 2],
      [2, 3],
    ],
    edgeWeights: [1, 5, 2, 3],
    path: {
      nodes: [0, 1, 3],
      edges: [0, 1],
      weight: 6,
      unknown: nothingUnknown,
    },
  },
  {
    what: 'the way through a heavy service',
    calls: [
      [0, 1],
      [1, 3],
      [0, 2],
      [2, 3],
    ],
    edgeWeights: [1, 5, 2, 3],
    nodeWeights: [1, 0, 7, 1],
    path: {
      nodes: [0, 2, 3],
      edges: [2, 3],
      weight: 14,
      unknown: nothingUnknown,
    },
  },
  {
    what: 'the heaviest of parallel calls',
    calls: [
      [0, 1],
      [0, 1],
      [0, 1],
    ],
    edgeWeights: [1, 3, 2],
    path: { nodes: [0, 1], edges: [1], weight: 3, unknown: nothingUnknown },
  },
  {
    what: 'only the root where nothing weighs anything',
    calls: [[0, 1]],
    edgeWeights: [0],
    path: { nodes: [0], edges: [], weight: 0, unknown: nothingUnknown },
  },
  {
    what: 'a cycle as one step, with each member once and no call within it',
    calls: [
      [0, 1],
      [1, 2],
      [2, 1],
      [2, 3],
    ],
    edgeWeights: [1, 100, 100, 1],
    nodeWeights: [1, 10, 20, 1],
    path: {
      nodes: [0, 1, 2, 3],
      edges: [0, 3],
      weight: 34,
      unknown: nothingUnknown,
    },
  },
  {
    what: 'the known way, naming what is unknown in reach',
    calls: [
      [0, 1],
      [0, 2],
      [2, 3],
      [3, 3],
      [1, 0],
    ],
    edgeWeights: [NaN, 2, NaN, NaN, 1],
    nodeWeights: [1, NaN, 1, 1],
    path: {
      nodes: [0, 1, 2, 3],
      edges: [1, 2],
      weight: 5,
      unknown: { nodes: [1], edges: [2] },
    },
  },
];

describe('criticalPath', () => {
  it.each(cases)('takes $what', ({ calls, edgeWeights, nodeWeights, path }) => {
    expect(
      criticalPath(
        graphOf({ nodeCount: 4, calls }),
        0,
        Float64Array.from(edgeWeights),
        nodeWeights && Float64Array.from(nodeWeights),
      ),
    ).toEqual(path);
  });

  it('ignores what the root does not reach', () => {
    const graph = graphOf({
      nodeCount: 3,
      calls: [
        [0, 1],
        [2, 0],
      ],
    });
    const weights = Float64Array.of(2, NaN);
    expect(criticalPath(graph, 0, weights)).toEqual({
      nodes: [0, 1],
      edges: [0],
      weight: 2,
      unknown: nothingUnknown,
    });
  });

  it.each([
    { what: 'a root that is no node', root: 2, weights: [1] },
    { what: 'a missing weight', root: 0, weights: [] },
    { what: 'a negative weight', root: 0, weights: [-1] },
    { what: 'an infinite weight', root: 0, weights: [Infinity] },
  ])('refuses $what', ({ root, weights }) => {
    const graph = graphOf({ nodeCount: 2, calls: [[0, 1]] });
    expect(() => criticalPath(graph, root, Float64Array.from(weights))).toThrow(
      EngineInputError,
    );
  });

  it('refuses weights that add up to more than a number can hold', () => {
    expect(() =>
      criticalPath(chainOf(3), 0, new Float64Array(2).fill(1e308)),
    ).toThrow('larger unit');
  });

  it('adds up a chain of 1,000,000 calls', () => {
    const { weight, edges } = criticalPath(
      chainOf(1_000_000),
      0,
      new Float64Array(999_999).fill(1),
    );
    expect(weight).toBe(999_999);
    expect(edges).toHaveLength(999_999);
  });

  it('weighs as much as the heaviest of all paths, and what it names adds up to it', () => {
    const arbitraryWeight = fc.oneof(fc.nat(20), fc.constant(NaN));
    const arbitraryWeighted = arbitraryCalls.chain(list =>
      fc.record({
        list: fc.constant(list),
        root: fc.nat(list.nodeCount - 1),
        edgeWeights: weightsOf(list.calls.length, arbitraryWeight),
        nodeWeights: weightsOf(list.nodeCount, arbitraryWeight),
      }),
    );
    fc.assert(
      fc.property(
        arbitraryWeighted,
        ({ list, root, edgeWeights, nodeWeights }) => {
          const path = criticalPath(
            graphOf(list),
            root,
            edgeWeights,
            nodeWeights,
          );
          expect(path.weight).toBe(
            heaviestWeight(list, root, edgeWeights, nodeWeights),
          );
          const named = [
            ...path.nodes.map(node => nodeWeights[node]),
            ...path.edges.map(edge => edgeWeights[edge]),
          ];
          expect(named.reduce((sum, weight) => sum + (weight || 0), 0)).toBe(
            path.weight,
          );
          expect(path.nodes).toContain(root);
          expect(new Set(path.nodes).size).toBe(path.nodes.length);
        },
      ),
      propertyRuns(500),
    );
  });
});

function weightsOf(length: number, weight: fc.Arbitrary<number>) {
  return fc
    .array(weight, { minLength: length, maxLength: length })
    .map(weights => Float64Array.from(weights));
}

/** Tries every path through the cycles as wholes. */
function heaviestWeight(
  list: CallList,
  root: number,
  edgeWeights: Float64Array,
  nodeWeights: Float64Array,
): number {
  const distances = naiveDistances(list);
  const together = (a: number, b: number) =>
    distances[a][b] + distances[b][a] < Infinity;
  const from = (node: number): number => {
    let own = 0;
    let onwards = 0;
    nodeWeights.forEach((weight, member) => {
      if (together(node, member)) own += weight || 0;
    });
    list.calls.forEach(([caller, callee], edge) => {
      if (together(node, caller) && !together(node, callee)) {
        onwards = Math.max(onwards, (edgeWeights[edge] || 0) + from(callee));
      }
    });
    return own + onwards;
  };
  return from(root);
}
