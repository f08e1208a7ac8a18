import fc from 'fast-check';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { LEVELS } from '../predict';
import { borrow } from './borrow';

const peers = LEVELS.map(level => 1e-3 * (0.5 + level));
const own = LEVELS.map(level => 1e-5 * (0.5 + level));

describe('borrow', () => {
  it('without own data gives what the peers say, with enough what the service says', () => {
    expect(borrow(null, peers, 0.7)).toEqual(peers);
    expect(borrow(own, peers, 0)).toEqual(peers);
    expect(borrow(own, peers, 1)).toEqual(own);
  });

  it('half and half is the geometric mean', () => {
    const half = borrow(own, peers, 0.5);
    half.forEach((u, i) =>
      expect(u / Math.sqrt(own[i] * peers[i])).toBeCloseTo(1, 9),
    );
  });

  it('takes no failures for a tenth of what 99.999 % allows', () => {
    const none = new Float64Array(LEVELS.length);
    expect(borrow(none, peers, 0.5)[0]).toBeCloseTo(
      Math.sqrt(1e-6 * peers[0]),
      12,
    );
  });

  const distribution = fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: LEVELS.length,
      maxLength: LEVELS.length,
    })
    .map(values => Float64Array.from(values, u => u ** 4).sort());

  it('never falls where the service itself gets worse, and stays a distribution', () => {
    fc.assert(
      fc.property(
        distribution,
        distribution,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (mine, others, weight, harm) => {
          const before = borrow(mine, others, weight);
          const after = borrow(
            mine.map(u => u + harm * (1 - u)),
            others,
            weight,
          );
          expect(before.every((u, i) => u <= after[i])).toBe(true);
          expect(before.every((u, i) => i === 0 || u >= before[i - 1])).toBe(
            true,
          );
          expect(before.every(u => u >= 0 && u <= 1)).toBe(true);
        },
      ),
      propertyRuns(1_000),
    );
  });
});
