import {
  formatFailureRatio,
  formatProbability,
  formatProbabilityInWords,
  formatProbabilityInterval,
  formatRatio,
  formatRatioBounds,
  formatShare,
} from './ratios';

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

it('never writes a share of which there is some as none', () => {
  for (let digits = 4; digits <= 15; digits++) {
    expect(formatRatio(10 ** -digits)).toBe('< 0.1 %');
  }
  expect(formatRatio(0.001)).toBe('0.1 %');
});

it.each([
  [0.971, 0.992, 'between 97.1 % and 99.2 %'],
  [0.9, 0.9, '90 %'],
  [0, 0.992, 'at most 99.2 %'],
  [0.0001, 0.992, 'at most 99.2 %'],
  [0.9, 1, 'at least 90 %'],
])('what lies in [%d, %d] is %s', (from, to, words) => {
  expect(formatRatioBounds({ from, to })).toBe(words);
});

it.each([
  [1, 'more than 99.9 %'],
  [0.92, '92 %'],
  [0, 'less than 0.1 %'],
])('a probability of %d reads %s', (probability, words) => {
  expect(formatProbabilityInWords(probability)).toBe(words);
});

it('gives the ends of an interval of probabilities', () => {
  expect(formatProbabilityInterval({ from: 0.88, to: 0.9999 })).toBe(
    '88 % to > 99.9 %',
  );
});

it.each([
  [0, '0 %'],
  [0.000001, '< 0.001 %'],
  [0.0004, '0.04 %'],
  [0.0312, '3.1 %'],
  [1, '100 %'],
])('a failure ratio of %d reads %s', (ratio, words) => {
  expect(formatFailureRatio(ratio)).toBe(words);
});

describe('shares of a budget', () => {
  it.each([
    [0, '0 %'],
    [0.001, '< 1 %'],
    [0.384, '38 %'],
    [0.999, '> 99 %'],
    [1, '100 %'],
  ])('%d reads %s', (share, words) => {
    expect(formatShare(share)).toBe(words);
  });
});

describe('figures in sentences', () => {
  it.each<[number, string]>([
    [1, '100 %'],
    [0.99995, '99.995 %'],
    [0.9999999, '99.99999 %'],
    [0.9, '90 %'],
    [0.57, '57 %'],
    [0.94949, '94.9 %'],
    [0.004, '0.4 %'],
    [0.0001, '< 0.1 %'],
    [0, '0 %'],
  ])('the share %d reads %s', (share, text) => {
    expect(formatRatio(share)).toBe(text);
  });
});
