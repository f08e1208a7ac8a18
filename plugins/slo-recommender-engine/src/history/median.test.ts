import fc from 'fast-check';
import { medianOf, runningMedian } from './median';

const values = fc
  .array(fc.double({ noNaN: true, min: -100, max: 100 }), {
    minLength: 1,
    maxLength: 60,
  })
  .map(numbers => Float64Array.from(numbers));

describe('runningMedian', () => {
  it('is the median of the elements around each', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(1, 5, 13), (numbers, width) => {
        const span = Math.min(width, numbers.length);
        const expected = numbers.map((_, i) => {
          const from = Math.min(
            numbers.length - span,
            Math.max(0, i - (span >> 1)),
          );
          const around = numbers.slice(from, from + span).sort();
          return around[span >> 1];
        });
        expect(runningMedian(numbers, width)).toEqual(expected);
      }),
    );
  });

  it('follows a step at once and overlooks a spike', () => {
    const numbers = Float64Array.of(1, 1, 1, 9, 1, 1, 1, 5, 5, 5, 5, 5);
    expect([...runningMedian(numbers, 5)]).toEqual([
      1, 1, 1, 1, 1, 1, 1, 5, 5, 5, 5, 5,
    ]);
  });
});

it('the median of an even number lies between the two in the middle', () => {
  expect(medianOf(Float64Array.of(9, 4, 1, 2, 3), 1, 5)).toBe(2.5);
});
