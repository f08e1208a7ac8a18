import { toWholeCounts } from './outcomeSamples';

describe('toWholeCounts', () => {
  it.each([
    ['whole counts as they are', [10, 2], [10, 2]],
    ['fractions rounded', [10.4, 1.6], [10, 2]],
    ['one failure too many as noise', [3, 4], [3, 3]],
    ['one failure without a request as noise', [0.4, 0.6], [0, 0]],
    ['1 % too many as noise', [1000, 1010], [1000, 1000]],
    ['more than that as it is', [1000, 1011], [1000, 1011]],
    ['two failures too many of few as they are', [3, 5], [3, 5]],
    ['negative totals as they are', [-5, 0], [-5, 0]],
    ['an unknown total', [NaN, 1], [NaN, NaN]],
    ['unknown failures', [1, NaN], [NaN, NaN]],
    ['an infinite total', [Infinity, 1], [NaN, NaN]],
  ])('passes %s', (_, [total, bad], [wholeTotal, wholeBad]) => {
    expect(toWholeCounts(total, bad)).toEqual({
      total: wholeTotal,
      bad: wholeBad,
    });
  });
});
