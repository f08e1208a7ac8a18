import {
  addHours,
  isPlausibleHistogram,
  packHistograms,
  unpackHistograms,
} from './histogramsCodec';

const layout = (bounds: number[], ...hours: [number, number[]][]) => ({
  boundsSeconds: Float64Array.from(bounds),
  hours: new Map(
    hours.map(([hour, counts]) => [hour, Float64Array.from(counts)]),
  ),
});

describe('packHistograms', () => {
  it.each([
    ['nothing', []],
    ['an hour without requests', [layout([1, 2], [23, [0, 0, 0]])]],
    ['one bucket', [layout([], [0, [127]])]],
    [
      'numbers up to 2^53',
      [layout([0.1], [5, [2 ** 53, 128]], [7, [2 ** 31, 2 ** 32 + 1]])],
    ],
    [
      'empty buckets at both ends and between',
      [layout([1, 2, 3, 4], [0, [0, 5, 0, 6, 0]])],
    ],
    [
      'several sets of buckets',
      [layout([0.1, 1], [0, [1, 2, 3]]), layout([0.2], [1, [1, 2]])],
    ],
  ])('gives back %s', (_, layouts) => {
    expect(unpackHistograms(packHistograms(layouts))).toEqual(layouts);
  });

  it('takes an eighth of the room of doubles, or less', () => {
    // 16 bounds, and half of the buckets with some thousand requests
    const counts = Array.from({ length: 17 }, (_, bucket) =>
      bucket > 3 && bucket < 13 ? 3_000 : 0,
    );
    const day = layout(
      Array.from({ length: 16 }, (_, index) => index + 1),
      ...Array.from({ length: 24 }, (_, hour): [number, number[]] => [
        hour,
        counts,
      ]),
    );
    expect(packHistograms([day]).length).toBeLessThan(17 * 25 * 2);
  });
});

describe('addHours', () => {
  const old = layout([0.1, 1], [0, [1, 2, 3]]);

  it('puts hours in the same buckets together', () => {
    expect(addHours([old], layout([0.1, 1], [1, [4, 5, 6]]))).toEqual([
      layout([0.1, 1], [0, [1, 2, 3]], [1, [4, 5, 6]]),
    ]);
  });

  it('keeps others apart, and leaves out what has no hours', () => {
    const other = layout([0.2], [1, [4, 5]]);
    expect(addHours([old], other)).toEqual([old, other]);
    expect(addHours([old], layout([0.3]))).toEqual([old]);
  });
});

describe('isPlausibleHistogram', () => {
  it.each([
    [[0, 0], true],
    [[2 ** 53, 0], true],
    [[2 ** 53, 2], false],
    [[1, -1], false],
    [[1, NaN], false],
    [[1, Infinity], false],
  ])('%p: %p', (counts, expected) => {
    expect(isPlausibleHistogram(Float64Array.from(counts))).toBe(expected);
  });
});
