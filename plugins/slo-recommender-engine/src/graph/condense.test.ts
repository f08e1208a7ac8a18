import fc from 'fast-check';
import { arbitraryCalls, graphOf } from '../__testUtils__/arbitraryGraph';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { stronglyConnectedComponents } from './components';
import { condense } from './condense';
import { topologicalOrder } from './topologicalOrder';

describe('condense', () => {
  it('makes one node of a cycle and one call of parallel ones', () => {
    const graph = graphOf({
      nodeCount: 4,
      calls: [
        [0, 1],
        [1, 2],
        [2, 1],
        [2, 3],
        [1, 3],
        [3, 3],
      ],
    });
    const components = stronglyConnectedComponents(graph);
    const condensation = condense(graph, components);
    expect([...components.componentOf]).toEqual([2, 1, 1, 0]);
    expect([...condensation.graph.sources]).toEqual([1, 2]);
    expect([...condensation.graph.targets]).toEqual([0, 1]);
    expect([...condensation.memberOffsets]).toEqual([0, 1, 3, 4]);
    expect([...condensation.members]).toEqual([3, 1, 2, 0]);
    // of 0 → 1, 1 → 2, 1 → 3, 2 → 1, 2 → 3, 3 → 3
    expect([...condensation.condensedOutEdges]).toEqual([1, -1, 0, -1, 0, -1]);
  });

  it('condenses a graph of nothing', () => {
    const graph = graphOf({ nodeCount: 0, calls: [] });
    const condensation = condense(graph, stronglyConnectedComponents(graph));
    expect(condensation.graph.nodeCount).toBe(0);
    expect(condensation.members).toHaveLength(0);
  });

  it('has no cycle, and one edge for each pair of components with calls, from which all calls can be found', () => {
    fc.assert(
      fc.property(arbitraryCalls, fc.func(fc.boolean()), (list, follow) => {
        const graph = graphOf(list);
        const components = stronglyConnectedComponents(graph, follow);
        const condensation = condense(graph, components, follow);
        const condensed = condensation.graph;
        expect(() => topologicalOrder(condensed)).not.toThrow();

        const pairOf = (edge: number) => {
          const [from, to] = list.calls[edge].map(
            node => components.componentOf[node],
          );
          return from === to || !follow(edge) ? 'none' : `${from} → ${to}`;
        };
        const pairs = new Set<string>();
        graph.outEdges.forEach((edge, i) => {
          const place = condensation.condensedOutEdges[i];
          expect(
            place < 0
              ? 'none'
              : `${condensed.sources[place]} → ${condensed.targets[place]}`,
          ).toBe(pairOf(edge));
          if (place >= 0) pairs.add(pairOf(edge));
        });
        expect(condensed.edgeCount).toBe(pairs.size);
      }),
      propertyRuns(500),
    );
  });
});
