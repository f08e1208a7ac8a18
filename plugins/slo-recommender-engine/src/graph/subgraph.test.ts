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
import { blastRadius } from './blastRadius';
import { buildGraph } from './DependencyGraph';
import { subgraph, type Direction, type Subgraph } from './subgraph';

/** web → checkout → payment → web, checkout → stock twice, admin → stock, stock → stock. */
const shop = graphOf({
  nodeCount: 5,
  calls: [
    [0, 1],
    [1, 2],
    [2, 0],
    [1, 3],
    [1, 3],
    [4, 3],
    [3, 3],
  ],
});

const plain = ({ nodes, distances, edges }: Subgraph) => ({
  nodes: [...nodes],
  distances: [...distances],
  edges: [...edges],
});

const ascending = (numbers: Iterable<number>) =>
  [...numbers].sort((a, b) => a - b);

describe('subgraph', () => {
  it.each<{
    root: number;
    direction: Direction;
    depth: number;
    nodes: number[];
    distances: number[];
    edges: number[];
  }>([
    {
      root: 0,
      direction: 'downstream',
      depth: 0,
      nodes: [0],
      distances: [0],
      edges: [],
    },
    {
      root: 0,
      direction: 'downstream',
      depth: 1,
      nodes: [0, 1],
      distances: [0, 1],
      edges: [0],
    },
    {
      root: 0,
      direction: 'downstream',
      depth: 2,
      nodes: [0, 1, 2, 3],
      distances: [0, 1, 2, 2],
      edges: [0, 1, 3, 4],
    },
    {
      root: 0,
      direction: 'downstream',
      depth: Infinity,
      nodes: [0, 1, 2, 3],
      distances: [0, 1, 2, 2],
      edges: [0, 1, 3, 4, 2, 6],
    },
    {
      root: 3,
      direction: 'upstream',
      depth: 1,
      nodes: [3, 1, 4],
      distances: [0, 1, 1],
      edges: [3, 4, 5, 6],
    },
    {
      root: 3,
      direction: 'upstream',
      depth: 2,
      nodes: [3, 1, 4, 0],
      distances: [0, 1, 1, 2],
      edges: [3, 4, 5, 6, 0],
    },
    // 0 is as far downstream as 2 is upstream; 4 calls a callee of the root and has nothing to do with it
    {
      root: 1,
      direction: 'both',
      depth: 1,
      nodes: [1, 2, 3, 0],
      distances: [0, 1, 1, 1],
      edges: [1, 3, 4, 0],
    },
    {
      root: 1,
      direction: 'both',
      depth: Infinity,
      nodes: [1, 2, 3, 0],
      distances: [0, 1, 1, 1],
      edges: [1, 3, 4, 2, 6, 0],
    },
  ])(
    'finds $nodes $direction of $root in $depth calls',
    ({ root, direction, depth, ...found }) => {
      expect(plain(subgraph(shop, root, { direction, depth }))).toEqual(found);
    },
  );

  it('goes no further where it is told not to follow', () => {
    const found = subgraph(shop, 0, {
      direction: 'downstream',
      depth: Infinity,
      follow: edge => edge !== 1,
    });
    expect(plain(found)).toEqual({
      nodes: [0, 1, 3],
      distances: [0, 1, 2],
      edges: [0, 3, 4, 6],
    });
  });

  it.each([
    { what: 'a root that is no node', root: 5, depth: 1 },
    { what: 'a depth below 0', root: 0, depth: -1 },
    { what: 'a depth that is no number', root: 0, depth: NaN },
  ])('refuses $what', ({ root, depth }) => {
    expect(() => subgraph(shop, root, { direction: 'both', depth })).toThrow(
      EngineInputError,
    );
  });

  it('is what relaxing all distances gives, in any direction', () => {
    fc.assert(
      fc.property(
        arbitraryCalls,
        fc.nat(),
        fc.constantFrom<Direction>('downstream', 'upstream', 'both'),
        fc.constantFrom(0, 1, 2, 3, Infinity),
        fc.func(fc.boolean()),
        (list, anyNode, direction, depth, follow) => {
          const root = anyNode % list.nodeCount;
          const found = subgraph(graphOf(list), root, {
            direction,
            depth,
            follow,
          });
          const expected = naiveSubgraph(list, root, direction, depth, follow);
          expect(found.nodes[0]).toBe(root);
          expect([...found.distances]).toEqual(ascending(found.distances));
          expect(
            new Map(
              [...found.nodes].map((node, i) => [node, found.distances[i]]),
            ),
          ).toEqual(expected.distances);
          expect(found.nodes).toHaveLength(expected.distances.size);
          expect(ascending(found.edges)).toEqual(expected.edges);
        },
      ),
      propertyRuns(500),
    );
  });

  it('follows a chain of 1,000,000 calls', () => {
    const { nodes, distances } = subgraph(chainOf(1_000_000), 0, {
      direction: 'both',
      depth: Infinity,
    });
    expect(nodes).toHaveLength(1_000_000);
    expect(distances.at(-1)).toBe(999_999);
  });

  it('gives the same after more searches than its marks can count', () => {
    const sparse = buildGraph(1_000_000, Int32Array.of(7), Int32Array.of(9));
    const answers = new Set<string>();
    for (let i = 0; i < 3_000; i++) {
      const { nodes } = subgraph(sparse, 7, {
        direction: 'downstream',
        depth: 2,
      });
      answers.add(nodes.join());
    }
    expect([...answers]).toEqual(['7,9']);
  });

  it('may be asked while another answer is being found, or after one was given up', () => {
    const whole = { direction: 'downstream', depth: Infinity } as const;
    const alone = plain(subgraph(shop, 0, whole));
    const giveUp = () => {
      throw new Error('given up');
    };
    expect(() => subgraph(shop, 1, { ...whole, follow: giveUp })).toThrow(
      'given up',
    );
    const nested = subgraph(shop, 0, {
      ...whole,
      follow: () => subgraph(shop, 4, whole).nodes.length === 2,
    });
    expect(plain(nested)).toEqual(alone);
  });

  it('leaves earlier answers as they are', () => {
    const first = subgraph(shop, 0, { direction: 'both', depth: 3 });
    const copy = plain(first);
    subgraph(shop, 4, { direction: 'both', depth: 3 });
    expect(plain(first)).toEqual(copy);
  });
});

describe('blastRadius', () => {
  it('is every caller, nearest first, without the node itself', () => {
    expect([...blastRadius(shop, 3)]).toEqual([1, 4, 0, 2]);
  });

  it('is nobody for what is not called', () => {
    expect([...blastRadius(shop, 4)]).toEqual([]);
  });

  it('leaves out who reaches the node only by calls that are not followed', () => {
    expect([...blastRadius(shop, 3, edge => edge !== 5)]).toEqual([1, 0, 2]);
  });
});

function naiveSubgraph(
  { nodeCount, calls }: CallList,
  root: number,
  direction: Direction,
  depth: number,
  follow: (edge: number) => boolean,
) {
  const followed = calls.filter((_, edge) => follow(edge));
  const matrix = naiveDistances({ nodeCount, calls: followed });
  const down = (node: number) =>
    direction === 'upstream' ? Infinity : matrix[root][node];
  const up = (node: number) =>
    direction === 'downstream' ? Infinity : matrix[node][root];
  const distances = new Map<number, number>();
  for (let node = 0; node < nodeCount; node++) {
    const distance = Math.min(down(node), up(node));
    if (distance <= depth && distance < Infinity) distances.set(node, distance);
  }
  const edges = [...calls.keys()].filter(edge => {
    const [caller, callee] = calls[edge];
    const nearest = Math.min(down(caller), up(callee));
    return follow(edge) && nearest < depth;
  });
  return { distances, edges };
}
