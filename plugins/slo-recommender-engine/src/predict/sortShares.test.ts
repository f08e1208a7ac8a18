import fc from 'fast-check';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { sortShares } from './sortShares';

const sorted = (values: Float64Array) => values.slice().sort();

/** Shares as predictions have them: many of nothing, of one cluster, of everything, and the smallest there are. */
const share = fc.oneof(
  fc.constantFrom(0, 1, Number.MIN_VALUE, 2 ** -1022, 1e-4),
  fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: 1e-4, max: 1.0001e-4, noNaN: true }),
);

describe('sortShares', () => {
  it('sorts as the general sort does', () => {
    fc.assert(
      fc.property(
        fc.array(share, { maxLength: 400 }).map(values =>
          // −0 is not a share
          Float64Array.from(values, value => value + 0),
        ),
        values => {
          const expected = sorted(values);
          expect(sortShares(values)).toEqual(expected);
        },
      ),
      propertyRuns(2_000),
    );
  });

  it.each([
    ['none', []],
    ['one', [0.5]],
    ['nothing but zeros', [0, 0, 0]],
    ['equal ones', new Array(1_000).fill(1e-3)],
    [
      'far more than usual',
      Array.from({ length: 9_999 }, (_, i) => ((i * 7_919) % 9_999) / 9_999),
    ],
    [
      'a crowd and one far from it',
      [1, ...Array.from({ length: 999 }, (_, i) => 1e-9 * (1_000 - i))],
    ],
  ])('sorts %s', (_, values) => {
    const expected = sorted(Float64Array.from(values));
    expect(sortShares(Float64Array.from(values))).toEqual(expected);
  });
});
