import fc from 'fast-check';
import { arbitraryCalls, graphOf } from '../__testUtils__/arbitraryGraph';
import { fanIn, fanOut } from './degrees';

describe('fanIn and fanOut', () => {
  it('count parallel calls once and self-calls not at all', () => {
    const graph = graphOf({
      nodeCount: 3,
      calls: [
        [0, 1],
        [0, 1],
        [1, 1],
        [0, 2],
        [1, 2],
      ],
    });
    expect([...fanOut(graph)]).toEqual([2, 1, 0]);
    expect([...fanIn(graph)]).toEqual([0, 1, 2]);
  });

  it('are nothing for a graph of nothing', () => {
    const graph = graphOf({ nodeCount: 0, calls: [] });
    expect([fanIn(graph).length, fanOut(graph).length]).toEqual([0, 0]);
  });

  it('are the numbers of different neighbours', () => {
    fc.assert(
      fc.property(arbitraryCalls, ({ nodeCount, calls }) => {
        const graph = graphOf({ nodeCount, calls });
        const others = calls.filter(([caller, callee]) => caller !== callee);
        for (let node = 0; node < nodeCount; node++) {
          const callees = others.filter(call => call[0] === node);
          const callers = others.filter(call => call[1] === node);
          expect(fanOut(graph)[node]).toBe(
            new Set(callees.map(c => c[1])).size,
          );
          expect(fanIn(graph)[node]).toBe(new Set(callers.map(c => c[0])).size);
        }
      }),
    );
  });
});
