import { createRandom } from './random';

/** From the author's reference in C, with state (0, 1, 0), counter 1, and 12 values thrown away. */
const REFERENCE = [2_012_149_540, 1_872_316_204, 1_707_632_675];

describe('createRandom', () => {
  it('gives the same numbers for the same seed, on every machine', () => {
    const random = createRandom(1);
    expect([random(), random(), random()]).toEqual(
      REFERENCE.map(value => value / 2 ** 32 + 2 ** -33),
    );
  });

  it('gives other numbers for another seed', () => {
    expect(createRandom(1)()).not.toBe(createRandom(2)());
  });

  it('is uniform', () => {
    const random = createRandom(7);
    const tenths = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) {
      tenths[Math.floor(random() * 10)]++;
    }
    // Ten bins of 10,000 with a standard deviation of 95.
    expect(Math.min(...tenths)).toBeGreaterThan(9_600);
    expect(Math.max(...tenths)).toBeLessThan(10_400);
  });
});
