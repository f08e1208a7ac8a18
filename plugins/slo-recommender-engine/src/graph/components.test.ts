import fc from 'fast-check';
import {
  arbitraryCalls,
  chainOf,
  graphOf,
  naiveDistances,
} from '../__testUtils__/arbitraryGraph';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { membersByComponent, stronglyConnectedComponents } from './components';
import { buildGraph } from './DependencyGraph';

describe('stronglyConnectedComponents', () => {
  it.each<{
    what: string;
    nodeCount: number;
    calls: [number, number][];
    componentOf: number[];
  }>([
    { what: 'a graph of nothing', nodeCount: 0, calls: [], componentOf: [] },
    {
      what: 'services without calls',
      nodeCount: 2,
      calls: [],
      componentOf: [0, 1],
    },
    {
      what: 'a chain',
      nodeCount: 3,
      calls: [
        [0, 1],
        [1, 2],
      ],
      componentOf: [2, 1, 0],
    },
    {
      what: 'a service that calls itself',
      nodeCount: 2,
      calls: [
        [0, 0],
        [0, 1],
      ],
      componentOf: [1, 0],
    },
    {
      what: 'two that call each other',
      nodeCount: 3,
      calls: [
        [0, 1],
        [1, 0],
        [1, 2],
      ],
      componentOf: [1, 1, 0],
    },
    {
      what: 'a ring below a ring',
      nodeCount: 4,
      calls: [
        [0, 1],
        [1, 0],
        [1, 2],
        [2, 3],
        [3, 2],
      ],
      componentOf: [1, 1, 0, 0],
    },
    {
      what: 'a ring within a ring',
      nodeCount: 4,
      calls: [
        [0, 1],
        [1, 2],
        [2, 1],
        [2, 3],
        [3, 0],
      ],
      componentOf: [0, 0, 0, 0],
    },
  ])('finds the components of $what', ({ nodeCount, calls, componentOf }) => {
    const components = stronglyConnectedComponents(
      graphOf({ nodeCount, calls }),
    );
    expect([...components.componentOf]).toEqual(componentOf);
    expect(components.count).toBe(new Set(componentOf).size);
  });

  it('joins two nodes if each reaches the other, and numbers callees first', () => {
    fc.assert(
      fc.property(arbitraryCalls, fc.func(fc.boolean()), (list, follow) => {
        const calls = list.calls.filter((_, edge) => follow(edge));
        const distances = naiveDistances({ ...list, calls });
        const { count, componentOf } = stronglyConnectedComponents(
          graphOf(list),
          follow,
        );
        for (let a = 0; a < list.nodeCount; a++) {
          for (let b = 0; b < list.nodeCount; b++) {
            const mutual = distances[a][b] + distances[b][a] < Infinity;
            expect(componentOf[a] === componentOf[b]).toBe(mutual);
          }
        }
        for (const [caller, callee] of calls) {
          expect(componentOf[callee]).toBeLessThanOrEqual(componentOf[caller]);
        }
        expect(new Set(componentOf)).toEqual(
          new Set(Array.from({ length: count }, (_, i) => i)),
        );
      }),
      propertyRuns(500),
    );
  });

  it('overflows no stack with a chain of 1,000,000 calls', () => {
    const { count, componentOf } = stronglyConnectedComponents(
      chainOf(1_000_000),
    );
    expect(count).toBe(1_000_000);
    expect(componentOf[0]).toBe(999_999);
  });

  it('overflows no stack with a ring of 1,000,000 calls', () => {
    const nodes = Int32Array.from({ length: 1_000_000 }, (_, i) => i);
    const ring = buildGraph(
      nodes.length,
      nodes,
      nodes.map(node => (node + 1) % nodes.length),
    );
    expect(stronglyConnectedComponents(ring).count).toBe(1);
  });
});

describe('membersByComponent', () => {
  it('lists the nodes of each component in ascending order', () => {
    expect(
      membersByComponent({
        count: 3,
        componentOf: Int32Array.of(1, 0, 1, 2, 1),
      }),
    ).toEqual({
      memberOffsets: Int32Array.of(0, 1, 4, 5),
      members: Int32Array.of(1, 0, 2, 4, 3),
    });
  });
});
