import fc from 'fast-check';
import { layeredLayout } from './layeredLayout';
import { layout } from './layout';
import { type Links, NODE_HEIGHT, NODE_WIDTH, type Place } from './types';

const chain = [
  { source: 'a', target: 'b' },
  { source: 'b', target: 'c' },
];

/** A graph of services 0 to n - 1 in which each calls some before it. */
function graph(size: number, calls: number) {
  const ids = Array.from({ length: size }, (_, index) => String(index));
  const links: Links = Array.from({ length: calls }, (_, index) => {
    const target = 1 + ((index * 7919) % (size - 1));
    return {
      source: String((index * 104_729) % target),
      target: String(target),
    };
  });
  return { ids, links };
}

function overlapping(places: Map<string, Place>): string[][] {
  const all = [...places];
  return all.flatMap(([id, a], index) =>
    all
      .slice(index + 1)
      .filter(
        ([, b]) =>
          Math.abs(a.x - b.x) < NODE_WIDTH && Math.abs(a.y - b.y) < NODE_HEIGHT,
      )
      .map(([other]) => [id, other]),
  );
}

describe.each([
  ['a small graph', layout],
  ['columns by distance', layeredLayout],
])('%s', (_, place) => {
  it('goes from callers on the left to callees on the right', () => {
    const places = place(['a', 'b', 'c'], 'b', chain);
    const xs = ['a', 'b', 'c'].map(id => places.get(id)?.x ?? NaN);
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(new Set(xs).size).toBe(3);
  });

  it('places what calls itself, and what calls in a circle', () => {
    const places = place(['a', 'b', 'c'], 'a', [
      ...chain,
      { source: 'c', target: 'a' },
      { source: 'b', target: 'b' },
    ]);
    expect(places.size).toBe(3);
    expect(overlapping(places)).toEqual([]);
  });

  it('places a service alone', () => {
    expect(place(['a'], 'a', []).size).toBe(1);
  });
});

it('puts no service over another, whatever the graph', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 120 }),
      fc.integer({ min: 0, max: 300 }),
      (size, calls) => {
        const { ids, links } = graph(size, calls);
        const places = layeredLayout(ids, '0', links);
        expect(places.size).toBe(size);
        expect(overlapping(places)).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
});

it('breaks a layer that would be too high into columns', () => {
  const ids = Array.from({ length: 501 }, (_, index) => String(index));
  const links = ids.slice(1).map(target => ({ source: '0', target }));
  const places = [...layeredLayout(ids, '0', links).values()];
  const span = (values: number[]) => Math.max(...values) - Math.min(...values);
  const height = span(places.map(({ y }) => y));
  const width = span(places.map(({ x }) => x));
  expect(height / width).toBeGreaterThan(0.3);
  expect(height / width).toBeLessThan(3);
});
