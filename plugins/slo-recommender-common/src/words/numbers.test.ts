import {
  formatBurnRate,
  formatExpectedCount,
  formatMeasuredCount,
  formatQuantity,
  formatRemaining,
  formatSpend,
} from './numbers';

describe('shares of a budget', () => {
  it('says overspent where less than nothing is left', () => {
    expect(formatRemaining(-0.42)).toBe('overspent by 42 %');
    expect(formatRemaining(-35.7)).toBe('spent 37 times over');
    expect(formatRemaining(0.38)).toBe('38 % left');
  });
});

it.each([
  [0, '0 ×'],
  [0.01, '< 0.1 ×'],
  [0.84, '0.8 ×'],
  [14.4, '14 ×'],
])('a burn rate of %d reads %s', (rate, words) => {
  expect(formatBurnRate(rate)).toBe(words);
});

it.each([
  [0.05, 'fewer than 0.1'],
  [1.04, '1'],
  [2.57, '2.6'],
  [41.8, '42'],
])('%d expected reads %s', (count, words) => {
  expect(formatExpectedCount(count)).toBe(words);
});

it.each([
  [0.58, '58 % of it'],
  [5.8, '5.8 × as much'],
])('a spend of %d reads %s', (share, words) => {
  expect(formatSpend(share)).toBe(words);
});

it.each([
  [1, '1 service'],
  [1.2, '1 service'],
  [23, '23 services'],
  [2_140, '2,140 services'],
])('%d of a kind are %s', (count, words) => {
  expect(formatQuantity(count, 'service')).toBe(words);
});

describe('figures in sentences', () => {
  it.each<[number, string]>([
    [1_250_000, '1,250,000'],
    [3.24, '3.2'],
    [29.6, '30'],
  ])('the count %d reads %s', (count, text) => {
    expect(formatMeasuredCount(count)).toBe(text);
  });
});
