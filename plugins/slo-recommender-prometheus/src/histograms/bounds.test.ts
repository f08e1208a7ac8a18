import {
  bucketOf,
  classicBounds,
  looksLikeBothScales,
  looksLikeMilliseconds,
} from './bounds';

const seconds = classicBounds(['0.1', '0.2', '1', '1.0', '10', '+Inf', '']);

describe('classicBounds', () => {
  it('compares le as numbers', () => {
    expect(seconds).toEqual({ type: 'classic', ascending: [0.1, 0.2, 1, 10] });
    expect(classicBounds(['1e3', '1000', '1000.0'])).toEqual({
      type: 'classic',
      ascending: [1_000],
    });
  });
});

describe('bucketOf', () => {
  it.each([
    [0, 0, 0.1],
    [0.05, 0, 0.1],
    [0.1, 0, 0.1],
    [0.1 + 1e-12, 0, 0.1],
    [0.15, 0.1, 0.2],
    [9.9, 1, 10],
    [10, 10, null],
  ])('%d s lies from %d to %p', (value, fromSeconds, toSeconds) => {
    expect(bucketOf(value, seconds)).toEqual({ fromSeconds, toSeconds });
  });

  it.each([NaN, Infinity, -1])('%d is no latency', value => {
    expect(bucketOf(value, seconds)).toBeUndefined();
  });

  it('knows nothing without buckets', () => {
    expect(bucketOf(1, classicBounds(['+Inf']))).toBeUndefined();
  });

  it('finds the bucket of a native histogram', () => {
    const native = { type: 'native', growth: 2 } as const;
    expect(bucketOf(3, native)).toEqual({ fromSeconds: 2, toSeconds: 4 });
    expect(bucketOf(0.3, native)).toEqual({
      fromSeconds: 0.25,
      toSeconds: 0.5,
    });
    expect(bucketOf(0, native)).toEqual({ fromSeconds: 0, toSeconds: 0 });
  });
});

describe('looksLikeMilliseconds', () => {
  it.each<[string, string[], boolean]>([
    [
      'the default buckets of the connector before v0.89',
      ['2', '4', '100', '15000'],
      true,
    ],
    ['its buckets since', ['0.002', '0.1', '15'], false],
    ["Tempo's", ['0.1', '0.2', '12.8'], false],
    ['batch jobs of seconds to minutes', ['1', '10', '600'], false],
    ['none', [], false],
  ])('%s', (_, le, expected) => {
    expect(looksLikeMilliseconds(classicBounds(le))).toBe(expected);
  });
});

describe('looksLikeBothScales', () => {
  it.each<[string, string[], boolean]>([
    ['seconds beside milliseconds', ['0.1', '2', '12.8', '15000'], true],
    ['seconds', ['0.002', '0.1', '15'], false],
    ['milliseconds', ['2', '4', '100', '15000'], false],
    ['none', [], false],
  ])('%s', (_, le, expected) => {
    expect(looksLikeBothScales(classicBounds(le))).toBe(expected);
  });
});
