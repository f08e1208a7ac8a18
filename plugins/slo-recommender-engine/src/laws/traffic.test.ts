import fc from 'fast-check';
import {
  arbitrarySeries,
  arbitraryWindowDays,
} from '../__testUtils__/arbitrarySeries';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { endOf, withCounts } from '../__testUtils__/series';
import { recommendAvailability } from '../recommend';
import { DAY_MS, type CountSeries } from '../sli';

const recommend = (series: CountSeries, windowDays: number) =>
  recommendAvailability({
    series,
    asOfMs: endOf(series),
    windowMs: windowDays * DAY_MS,
  });

describe('traffic times k', () => {
  it('leaves ratios, and is known better, never worse', () => {
    fc.assert(
      fc.property(
        arbitrarySeries,
        arbitraryWindowDays,
        fc.integer({ min: 2, max: 1_000 }),
        (series, windowDays, k) => {
          const before = recommend(series, windowDays);
          const after = recommend(
            withCounts(series, (total, bad) => [k * total, k * bad]),
            windowDays,
          );
          // Few requests become enough to tell that an SLI is stuck; then there is nothing to compare.
          fc.pre(
            (before.verdict === 'invalid') === (after.verdict === 'invalid'),
          );
          expect(after.achieved ?? -1).toBeCloseTo(before.achieved ?? -1, 12);
          const worse = before.curve.filter(
            ({ attainment, supported }, i) =>
              after.curve[i].attainment < attainment - 1e-9 ||
              (supported && !after.curve[i].supported),
          );
          expect(worse).toEqual([]);
        },
      ),
      propertyRuns(10_000),
    );
  });
});
