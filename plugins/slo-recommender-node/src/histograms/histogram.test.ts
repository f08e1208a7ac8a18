import { mergedBuckets, sumHistograms } from './histogram';

const histogram = (bounds: number[], counts: number[]) => ({
  boundsSeconds: Float64Array.from(bounds),
  counts: Float64Array.from(counts),
});

describe('mergedBuckets', () => {
  it.each([
    [
      [1, 2, 5],
      [1, 2, 5],
      [0, 1, 2, 3],
    ],
    [[1, 2, 5], [2], [0, 0, 1, 1]],
    [
      [1, 2, 5],
      [1, 5],
      [0, 1, 1, 2],
    ],
    [[1, 2], [], [0, 0, 0]],
    [[], [], [0]],
  ])('of %p with only %p kept: %p', (bounds, kept, expected) => {
    expect(
      mergedBuckets(Float64Array.from(bounds), Float64Array.from(kept)),
    ).toEqual(expected);
  });
});

describe('sumHistograms', () => {
  it('adds bucket by bucket where all have the same', () => {
    expect(
      sumHistograms([
        histogram([0.1, 1], [1, 2, 3]),
        histogram([0.1, 1], [10, 20, 30]),
      ]),
    ).toEqual(histogram([0.1, 1], [11, 22, 33]));
  });

  it('keeps only the bounds that all have, and every request', () => {
    expect(
      sumHistograms([
        histogram([0.1, 0.5, 1], [1, 2, 3, 4]),
        histogram([0.1, 0.2, 1, 5], [10, 20, 30, 40, 50]),
        histogram([0.1, 1], [100, 200, 300]),
      ]),
    ).toEqual(histogram([0.1, 1], [111, 255, 394]));
  });

  it('knows only how many there were where no bound is shared', () => {
    expect(
      sumHistograms([histogram([1], [1, 2]), histogram([2], [3, 4])]),
    ).toEqual(histogram([], [10]));
  });
});
