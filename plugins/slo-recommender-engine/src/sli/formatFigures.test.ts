import { formatCount, formatDays, formatPercent } from './formatFigures';

describe('figures in sentences', () => {
  it.each<[number, string]>([
    [1, '100 %'],
    [0.99995, '99.995 %'],
    [0.9999999, '99.99999 %'],
    [0.9, '90 %'],
    [0.57, '57 %'],
    [0.94949, '94.9 %'],
    [0.004, '0.4 %'],
    [0.0001, '<0.1 %'],
    [0, '0 %'],
  ])('the share %d reads %s', (share, text) => {
    expect(formatPercent(share)).toBe(text);
  });

  it.each<[number, string]>([
    [1_250_000, '1,250,000'],
    [3.24, '3.2'],
    [29.6, '30'],
  ])('the count %d reads %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  it.each<[number, string]>([
    [2.99, '2.9 days'],
    [1, '1 day'],
    [90.9, '90 days'],
  ])('%d days read %s', (days, text) => {
    expect(formatDays(days)).toBe(text);
  });
});
