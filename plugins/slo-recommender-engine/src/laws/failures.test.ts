import fc from 'fast-check';
import {
  arbitraryFailures,
  withFailures,
} from '../__testUtils__/arbitraryFailures';
import { arbitraryFleet } from '../__testUtils__/arbitraryFleet';
import {
  arbitrarySeries,
  arbitraryWindowDays,
} from '../__testUtils__/arbitrarySeries';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { endOf } from '../__testUtils__/series';
import { recommendSli, type SliRecommendation } from '../recommend';
import { DAY_MS, type CountSeries } from '../sli';
import { studySli } from '../study';

const study = (
  series: CountSeries,
  windowDays: number,
  regimeStartMs?: number,
) =>
  studySli({
    series,
    asOfMs: endOf(series),
    windowMs: windowDays * DAY_MS,
    promisedObjective: 0.9993,
    regimeStartMs,
  });

/** What got better, in words: nothing should have. */
const improvements = (before: SliRecommendation, after: SliRecommendation) => {
  const better: string[] = [];
  for (const name of ['conservative', 'balanced', 'aggressive'] as const) {
    const objective = after.tiers[name]?.objective ?? 0;
    if (objective > (before.tiers[name]?.objective ?? 0)) {
      better.push(`${name} objective`);
    }
  }
  if (before.curve.length === 0) {
    return better;
  }
  after.curve.forEach(({ objective, attainment, supported }, i) => {
    if (attainment > before.curve[i].attainment) {
      better.push(`P(meet) of ${objective}`);
    }
    if (supported && !before.curve[i].supported) {
      better.push(`support of ${objective}`);
    }
  });
  if ((after.promised?.attainment ?? 0) > (before.promised?.attainment ?? 0)) {
    better.push('P(meet) of the promise');
  }
  if (after.predicted && before.predicted) {
    for (const name of ['median', 'p75', 'p90', 'p99'] as const) {
      if (after.predicted[name] < before.predicted[name]) {
        better.push(`predicted ${name}`);
      }
    }
  }
  return better;
};

describe('failures more', () => {
  it('never raise a tier or P(meet): in a regime or not, on a fleet or not', () => {
    fc.assert(
      fc.property(
        arbitrarySeries,
        arbitraryWindowDays,
        arbitraryFailures,
        arbitraryFleet,
        fc.option(fc.double({ min: 0, max: 0.99, noNaN: true })),
        (series, windowDays, failures, fleet, regimePlace) => {
          const regimeStartMs =
            regimePlace === null
              ? undefined
              : series.startMs + regimePlace * (endOf(series) - series.startMs);
          const before = study(series, windowDays, regimeStartMs);
          const after = study(
            withFailures(series, failures),
            windowDays,
            regimeStartMs,
          );
          // with more requests it may be of a stratum for which the fleet has shown something else
          const sameStratum = failures.every(({ requests }) => requests === 0);
          const fleets = sameStratum ? [null, fleet] : [null];
          const better = fleets.flatMap(known =>
            improvements(
              recommendSli(before, { fleet: known }),
              recommendSli(after, { fleet: known }),
            ),
          );
          expect(better).toEqual([]);
        },
      ),
      propertyRuns(10_000),
    );
  });
});
