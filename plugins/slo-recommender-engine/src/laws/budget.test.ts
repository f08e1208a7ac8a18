import fc from 'fast-check';
import {
  arbitrarySeries,
  arbitraryWindowDays,
} from '../__testUtils__/arbitrarySeries';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { endOf } from '../__testUtils__/series';
import { errorBudget } from '../budget';
import { DAY_MS } from '../sli';

describe('error budgets', () => {
  it('burn down without rising, to what remains; spent and remaining are a whole', () => {
    fc.assert(
      fc.property(
        arbitrarySeries,
        arbitraryWindowDays,
        (series, windowDays) => {
          const { burnDown, spent, remaining } = errorBudget({
            series,
            asOfMs: endOf(series),
            windowMs: windowDays * DAY_MS,
            objective: 0.9993,
          });
          const steps = windowDays <= 3 ? windowDays * 24 : windowDays;
          expect(burnDown).toHaveLength(steps);
          expect(burnDown[steps - 1].remaining).toBe(remaining);
          const known = burnDown.flatMap(point => point.remaining ?? []);
          const rises = known.filter((left, i) => i > 0 && left > known[i - 1]);
          expect(rises).toEqual([]);
          expect((spent ?? 0) + (remaining ?? 1)).toBeCloseTo(1, 9);
        },
      ),
      propertyRuns(10_000),
    );
  });
});
