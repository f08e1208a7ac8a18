import { HistogramHours } from './HistogramHours';

/** Hours in the same buckets, with as many requests in each. */
type Stretch = [bounds: number[], from: number, to: number];

function put(length: number, ...stretches: Stretch[]) {
  const hours = new HistogramHours(length);
  for (const [bounds, from, to] of stretches) {
    for (let hour = from; hour < to; hour++) {
      hours.add(
        hour,
        Float64Array.from(bounds),
        Array(bounds.length + 1).fill(1),
      );
    }
  }
  const common = hours.inCommonBuckets();
  return (
    common && {
      bounds: [...common.boundsSeconds],
      counts: common.counts.map(bucket => [...bucket].join(' ')),
    }
  );
}

describe('HistogramHours', () => {
  it('knows nothing of hours that were not added', () => {
    expect(put(3)).toBeUndefined();
    expect(put(3, [[1], 1, 2])).toEqual({
      bounds: [1],
      counts: ['NaN 1 NaN', 'NaN 1 NaN'],
    });
  });

  it('tells hours with other buckets by the bounds that all share', () => {
    expect(put(4, [[1, 2, 3], 0, 2], [[1, 3, 4], 2, 4])).toEqual({
      bounds: [1, 3],
      counts: ['1 1 1 1', '2 2 1 1', '1 1 2 2'],
    });
  });

  it('does not give up bounds for a few hours that lack them', () => {
    expect(
      put(50, [[1, 2, 3], 0, 25], [[1, 2], 25, 26], [[1, 2, 3], 26, 50])
        ?.bounds,
    ).toEqual([1, 2, 3]);
  });

  it('leaves the past unknown where it has less than half of the present bounds', () => {
    const told = put(50, [[1, 9], 0, 26], [[1, 2, 3], 26, 50]);
    expect(told?.bounds).toEqual([1, 2, 3]);
    expect(told?.counts[0].startsWith('NaN')).toBe(true);
    expect(told?.counts[0].endsWith('1')).toBe(true);
  });

  it('takes the buckets of most of the last hours for the present ones', () => {
    const told = put(50, [[1, 2, 3], 0, 49], [[8, 9], 49, 50]);
    expect(told?.bounds).toEqual([1, 2, 3]);
    expect(told?.counts[0].endsWith('1 NaN')).toBe(true);
  });

  it('gives up the buckets added first where there are too many kinds', () => {
    const kinds = Array.from({ length: 40 }, (_, i): Stretch => [
      [i + 1, 100],
      i,
      i + 1,
    ]);
    const told = put(40, ...kinds);
    expect(told?.bounds).toEqual([100]);
    expect(told?.counts[0].split(' ').filter(n => n === '2')).toHaveLength(16);
    expect(told?.counts[0].startsWith('NaN')).toBe(true);
  });

  it('does not care in which order hours are added', () => {
    expect(put(4, [[1, 3, 4], 2, 4], [[1, 2, 3], 0, 2])).toEqual(
      put(4, [[1, 2, 3], 0, 2], [[1, 3, 4], 2, 4]),
    );
  });
});
