import fc from 'fast-check';
import {
  arbitraryCalls,
  graphOf,
  type CallList,
} from '../__testUtils__/arbitraryGraph';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { EngineInputError } from '../sli';
import { cycleIdentity, findCycles, selfCalls } from './cycles';

const names = ['web', 'cart', 'stock', 'mail', 'audit'];

/** web ⇄ cart, stock → mail → audit → stock, cart → stock, mail → mail. */
const list: CallList = {
  nodeCount: 5,
  calls: [
    [1, 2],
    [2, 3],
    [0, 1],
    [3, 4],
    [1, 0],
    [3, 3],
    [4, 2],
  ],
};

describe('findCycles', () => {
  it('orders cycles, members and calls by name, and leaves self-calls out', () => {
    expect(findCycles(graphOf(list), names)).toEqual([
      // audit → stock, mail → audit, stock → mail
      { members: [4, 3, 2], edges: [6, 3, 1] },
      // cart → web, web → cart
      { members: [1, 0], edges: [4, 2] },
    ]);
  });

  it('finds none that closes only by calls not followed', () => {
    const cycles = findCycles(graphOf(list), names, edge => edge !== 6);
    expect(cycles).toEqual([{ members: [1, 0], edges: [4, 2] }]);
  });

  it('does not take a service that calls itself for a cycle', () => {
    const calls: [number, number][] = [[0, 0]];
    expect(findCycles(graphOf({ nodeCount: 1, calls }), ['web'])).toEqual([]);
  });

  it.each([
    { what: 'too few names', given: ['a', 'b'], says: '2 names for 5 nodes' },
    {
      what: 'a name twice',
      given: ['a', 'b', 'c', 'a', 'd'],
      says: '"a" is given to two nodes',
    },
  ])('refuses $what', ({ given, says }) => {
    const find = () => findCycles(graphOf(list), given);
    expect(find).toThrow(EngineInputError);
    expect(find).toThrow(says);
  });

  it('is the same by names however nodes and calls are numbered', () => {
    const arbitraryRenumbering = arbitraryCalls.chain(calls =>
      fc.record({
        before: fc.constant(calls),
        nodes: shuffleOf(calls.nodeCount),
        edges: shuffleOf(calls.calls.length),
      }),
    );
    fc.assert(
      fc.property(arbitraryRenumbering, ({ before, nodes, edges }) => {
        const after: CallList = {
          nodeCount: before.nodeCount,
          calls: edges.map(edge => {
            const [caller, callee] = before.calls[edge];
            return [nodes[caller], nodes[callee]];
          }),
        };
        const namesBefore = nodes.map(node => `service ${node}`);
        const namesAfter = [...nodes.keys()].map(node => `service ${node}`);
        expect(namedCycles(after, namesAfter)).toEqual(
          namedCycles(before, namesBefore),
        );
      }),
      propertyRuns(500),
    );
  });
});

describe('cycleIdentity', () => {
  it('does not depend on the order of the members', () => {
    expect(cycleIdentity(['b', 'a', 'é'])).toBe(cycleIdentity(['é', 'b', 'a']));
  });

  it('does not change the list that it is given', () => {
    const members = ['b', 'a'];
    cycleIdentity(members);
    expect(members).toEqual(['b', 'a']);
  });

  it('is another for other members, whatever their names are made of', () => {
    const arbitraryMembers = fc.uniqueArray(fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(arbitraryMembers, arbitraryMembers, (a, b) => {
        const same = [...a].sort().join('\0') === [...b].sort().join('\0');
        fc.pre(![...a, ...b].some(name => name.includes('\0')));
        fc.pre(a.length === b.length || !same);
        expect(cycleIdentity(a) === cycleIdentity(b)).toBe(same);
      }),
    );
    expect(cycleIdentity(['a,b'])).not.toBe(cycleIdentity(['a', 'b']));
    expect(cycleIdentity(['a","b'])).not.toBe(cycleIdentity(['a', 'b']));
  });
});

describe('selfCalls', () => {
  it('are the calls from a service to itself', () => {
    expect([...selfCalls(graphOf(list))]).toEqual([5]);
  });
});

function shuffleOf(length: number): fc.Arbitrary<number[]> {
  const numbers = [...Array(length).keys()];
  return fc.shuffledSubarray(numbers, { minLength: length, maxLength: length });
}

function namedCycles(calls: CallList, nodeNames: string[]) {
  return findCycles(graphOf(calls), nodeNames).map(({ members, edges }) => ({
    members: members.map(node => nodeNames[node]),
    edges: edges.map(edge =>
      calls.calls[edge].map(node => nodeNames[node]).join(' → '),
    ),
  }));
}
