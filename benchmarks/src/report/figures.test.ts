import { formatFigure, formatMs, median, quantile } from './figures';

describe('quantile', () => {
  it.each([
    { q: 0, is: 1 },
    { q: 0.5, is: 3 },
    { q: 0.6, is: 3 },
    { q: 0.61, is: 4 },
    { q: 1, is: 5 },
  ])('$q of 1 to 5 is $is', ({ q, is }) => {
    expect(quantile([5, 1, 4, 2, 3], q)).toBe(is);
  });

  it('orders numbers by size, not by their digits', () => {
    expect(median([10, 9, 100])).toBe(10);
  });
});

describe('formatFigure', () => {
  it.each([
    [0.0012345, '0.00123'],
    [4.5, '4.50'],
    [12_345, '12,300'],
    [0, '0.00'],
  ])('shows %p as %p', (value, text) => {
    expect(formatFigure(value)).toBe(text);
    expect(formatMs(value)).toBe(`${text} ms`);
  });
});
