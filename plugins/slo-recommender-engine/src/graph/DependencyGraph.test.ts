import fc from 'fast-check';
import { arbitraryCalls, graphOf } from '../__testUtils__/arbitraryGraph';
import { EngineInputError } from '../sli';
import { buildGraph, requireNode } from './DependencyGraph';

const rowOf = (offsets: Int32Array, values: Int32Array, node: number) => [
  ...values.subarray(offsets[node], offsets[node + 1]),
];

describe('buildGraph', () => {
  it('sorts the calls by caller and by callee and leaves their numbers alone', () => {
    const graph = graphOf({
      nodeCount: 4,
      calls: [
        [2, 0],
        [0, 1],
        [2, 2],
        [0, 1],
        [0, 2],
      ],
    });
    expect(graph).toEqual({
      nodeCount: 4,
      edgeCount: 5,
      sources: Int32Array.of(2, 0, 2, 0, 0),
      targets: Int32Array.of(0, 1, 2, 1, 2),
      outOffsets: Int32Array.of(0, 3, 3, 5, 5),
      outEdges: Int32Array.of(1, 3, 4, 0, 2),
      outTargets: Int32Array.of(1, 1, 2, 0, 2),
      inOffsets: Int32Array.of(0, 1, 3, 5, 5),
      inEdges: Int32Array.of(0, 1, 3, 2, 4),
      inSources: Int32Array.of(2, 0, 0, 2, 0),
    });
  });

  it('builds a graph of nothing', () => {
    const graph = buildGraph(0, new Int32Array(0), new Int32Array(0));
    expect(graph).toMatchObject({ nodeCount: 0, edgeCount: 0 });
    expect(graph.outOffsets).toEqual(Int32Array.of(0));
  });

  it('has every call once among those leaving its caller and once among those entering its callee', () => {
    fc.assert(
      fc.property(arbitraryCalls, list => {
        const graph = graphOf(list);
        for (let node = 0; node < list.nodeCount; node++) {
          const leaving = rowOf(graph.outOffsets, graph.outEdges, node);
          const entering = rowOf(graph.inOffsets, graph.inEdges, node);
          const edges = list.calls.map((call, edge) => ({ call, edge }));
          expect(leaving).toEqual(
            edges.filter(({ call }) => call[0] === node).map(e => e.edge),
          );
          expect(entering).toEqual(
            edges.filter(({ call }) => call[1] === node).map(e => e.edge),
          );
          expect(rowOf(graph.outOffsets, graph.outTargets, node)).toEqual(
            leaving.map(edge => list.calls[edge][1]),
          );
          expect(rowOf(graph.inOffsets, graph.inSources, node)).toEqual(
            entering.map(edge => list.calls[edge][0]),
          );
        }
      }),
    );
  });

  it.each([
    {
      what: 'a caller below 0',
      nodeCount: 2,
      sources: [0, -1],
      targets: [1, 1],
      says: 'The source of edge 1 is -1',
    },
    {
      what: 'a callee that is no node',
      nodeCount: 2,
      sources: [0],
      targets: [2],
      says: 'The target of edge 0 is 2',
    },
    {
      what: 'a call in a graph of nothing',
      nodeCount: 0,
      sources: [0],
      targets: [0],
      says: 'The source of edge 0 is 0',
    },
    {
      what: 'a caller without a callee',
      nodeCount: 2,
      sources: [0, 1],
      targets: [1],
      says: '2 sources and 1 targets',
    },
    {
      what: 'half a node',
      nodeCount: 1.5,
      sources: [],
      targets: [],
      says: 'nodeCount is 1.5',
    },
    {
      what: 'fewer than no nodes',
      nodeCount: -1,
      sources: [],
      targets: [],
      says: 'nodeCount is -1',
    },
  ])('refuses $what', ({ nodeCount, sources, targets, says }) => {
    const build = () =>
      buildGraph(nodeCount, Int32Array.from(sources), Int32Array.from(targets));
    expect(build).toThrow(EngineInputError);
    expect(build).toThrow(says);
  });
});

describe('requireNode', () => {
  const graph = graphOf({ nodeCount: 2, calls: [] });

  it.each([0, 1])('takes %p of two nodes', node => {
    expect(() => requireNode(graph, node)).not.toThrow();
  });

  it.each([-1, 2, 0.5, NaN])('refuses %p', node => {
    expect(() => requireNode(graph, node)).toThrow(EngineInputError);
  });
});
