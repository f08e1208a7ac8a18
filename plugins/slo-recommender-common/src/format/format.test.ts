import {
  formatDuration,
  formatProbability,
  formatRatio,
  parseDuration,
} from '.';

describe('formatRatio', () => {
  it.each([
    [1, '100 %'],
    [0, '0 %'],
    [0.9, '90 %'],
    [0.5, '50 %'],
    [0.123, '12.3 %'],
    [0.95, '95 %'],
    [0.99, '99 %'],
    [0.995, '99.5 %'],
    [0.998, '99.8 %'],
    [0.999, '99.9 %'],
    [0.9995, '99.95 %'],
    [0.9998, '99.98 %'],
    [0.9999, '99.99 %'],
    [0.99995, '99.995 %'],
    [0.99999, '99.999 %'],
    [0.999999999, '99.9999999 %'],
    [0.9993451471967978, '99.934 %'],
    [0.9999893319262063, '99.9989 %'],
    [0.8999999, '89.9 %'],
  ])('%d is %s', (ratio, text) => {
    expect(formatRatio(ratio)).toBe(text);
  });

  it('never rounds up: what is below 100 % is not shown as 100 %', () => {
    for (let digits = 1; digits <= 15; digits++) {
      expect(formatRatio(1 - 10 ** -digits)).not.toBe('100 %');
      expect(parseFloat(formatRatio(1 - 10 ** -digits))).toBeLessThan(100);
    }
  });
});

describe('formatProbability', () => {
  it.each([
    [1, '> 99.9 %'],
    [0.9995, '> 99.9 %'],
    [0.995, '99.5 %'],
    [0.986, '98 %'],
    [0.92, '92 %'],
    [0.8999, '89 %'],
    [0.005, '0.5 %'],
    [0.0001, '< 0.1 %'],
    [0, '< 0.1 %'],
  ])('%d is %s', (probability, text) => {
    expect(formatProbability(probability)).toBe(text);
  });
});

describe('durations', () => {
  it.each([
    ['28d', 2_419_200_000, 'P28D'],
    ['P28D', 2_419_200_000, 'P28D'],
    ['1w', 604_800_000, 'P7D'],
    ['90m', 5_400_000, 'PT1H30M'],
    ['PT1H', 3_600_000, 'PT1H'],
    ['P1DT12H', 129_600_000, 'P1DT12H'],
    ['250ms', 250, 'PT0.25S'],
    ['0s', 0, 'PT0S'],
  ])('%s is %d ms and written %s', (text, ms, written) => {
    expect(parseDuration(text)).toBe(ms);
    expect(formatDuration(ms)).toBe(written);
  });

  it.each(['', 'P', 'PT', '28', 'd', '-1d', '1.5d', '28 d', 'P1M'])(
    '%j is none',
    text => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});
