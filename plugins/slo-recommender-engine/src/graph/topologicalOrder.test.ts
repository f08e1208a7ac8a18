import fc from 'fast-check';
import {
  arbitraryCalls,
  chainOf,
  graphOf,
} from '../__testUtils__/arbitraryGraph';
import { EngineInputError } from '../sli';
import { topologicalOrder } from './topologicalOrder';

describe('topologicalOrder', () => {
  it('has callers before callees', () => {
    const calls: [number, number][] = [
      [3, 1],
      [1, 0],
      [3, 0],
      [0, 2],
      [0, 2],
    ];
    expect([...topologicalOrder(graphOf({ nodeCount: 4, calls }))]).toEqual([
      3, 1, 0, 2,
    ]);
  });

  it('has nothing to order in a graph of nothing', () => {
    expect(topologicalOrder(graphOf({ nodeCount: 0, calls: [] }))).toHaveLength(
      0,
    );
  });

  it('does not mind a service that calls itself', () => {
    const calls: [number, number][] = [
      [0, 0],
      [0, 1],
    ];
    expect([...topologicalOrder(graphOf({ nodeCount: 2, calls }))]).toEqual([
      0, 1,
    ]);
  });

  it('says of a cycle that it is one, and what to do', () => {
    const calls: [number, number][] = [
      [0, 1],
      [1, 2],
      [2, 1],
      [2, 3],
    ];
    const order = () => topologicalOrder(graphOf({ nodeCount: 4, calls }));
    expect(order).toThrow(EngineInputError);
    expect(order).toThrow(
      'The graph is cyclic: 3 of 4 nodes are in a cycle or behind one. Condense it first.',
    );
  });

  it('has every node once, each call downwards', () => {
    fc.assert(
      fc.property(arbitraryCalls, ({ nodeCount, calls }) => {
        const downwards = calls.map(([a, b]): [number, number] =>
          a < b ? [a, b] : [b, a],
        );
        const order = topologicalOrder(
          graphOf({ nodeCount, calls: downwards }),
        );
        expect([...order].sort((a, b) => a - b)).toEqual([
          ...Array(nodeCount).keys(),
        ]);
        for (const [caller, callee] of downwards) {
          expect(order.indexOf(caller)).toBeLessThanOrEqual(
            order.indexOf(callee),
          );
        }
      }),
    );
  });

  it('orders a chain of 1,000,000 calls', () => {
    expect(topologicalOrder(chainOf(1_000_000)).at(-1)).toBe(999_999);
  });
});
