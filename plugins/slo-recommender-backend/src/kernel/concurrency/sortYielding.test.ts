import { setImmediate } from 'timers/promises';
import fc from 'fast-check';
import { propertyRuns } from '../../__testUtils__/propertyRuns';
import { sortYielding } from './sortYielding';

const numbered = (length: number) =>
  Array.from({ length }, (_, i) => `name-${(i * 7_919) % length}`);

describe('sortYielding', () => {
  it.each([0, 1, 4_096, 4_097, 13_000])('sorts %d texts', async length => {
    const texts = numbered(length);
    expect(await sortYielding(texts)).toEqual([...texts].sort());
  });

  it('sorts texts as sort does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary' })),
        fc.integer({ min: 0, max: 5_000 }),
        async (texts, others) => {
          const all = [...texts, ...numbered(others), ...texts];
          expect(await sortYielding(all)).toEqual([...all].sort());
        },
      ),
      propertyRuns(50),
    );
  });

  it('lets other work run meanwhile', async () => {
    let isSorted = false;
    let passes = 0;
    const sorting = sortYielding(numbered(300_000));
    void sorting.then(() => {
      isSorted = true;
    });
    for (; !isSorted; passes++) await setImmediate();
    expect(passes).toBeGreaterThan(3);
  });
});
