import fc from 'fast-check';
import { arbitraryFleet } from '../__testUtils__/arbitraryFleet';
import {
  arbitrarySeries,
  arbitraryWindowDays,
} from '../__testUtils__/arbitrarySeries';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { endOf } from '../__testUtils__/series';
import { CURVE_OBJECTIVES, recommendSli } from '../recommend';
import { DAY_MS, keepsObjective, type CountSeries } from '../sli';
import { studySli } from '../study';

const study = (series: CountSeries, windowDays: number) =>
  studySli({ series, asOfMs: endOf(series), windowMs: windowDays * DAY_MS });

const rises = (values: readonly number[]) =>
  values.filter((value, i) => i > 0 && value > values[i - 1]);

describe('order', () => {
  it('curves never rise, and conservative ≤ balanced ≤ aggressive', () => {
    fc.assert(
      fc.property(
        arbitrarySeries,
        arbitraryWindowDays,
        fc.option(arbitraryFleet),
        (series, windowDays, fleet) => {
          const { curve, tiers, predicted, backtest } = recommendSli(
            study(series, windowDays),
            { fleet },
          );
          const { conservative, balanced, aggressive } = tiers;
          const mustNotRise = [
            curve.map(({ attainment }) => attainment),
            curve.map(({ supported }) => Number(supported)),
            [aggressive, balanced, conservative].map(
              tier => tier?.objective ?? 0,
            ),
            predicted
              ? [predicted.p99, predicted.p90, predicted.p75, predicted.median]
              : [],
            ...backtest.map(({ attainments }) => [...attainments]),
          ];
          expect(mustNotRise.flatMap(rises)).toEqual([]);
          expect([0, CURVE_OBJECTIVES.length]).toContain(curve.length);
        },
      ),
      propertyRuns(10_000),
    );
  });

  it('the same inputs give the same bytes, whatever was computed in between', () => {
    const bytesOf = (series: CountSeries, windowDays: number) =>
      JSON.stringify(recommendSli(study(series, windowDays)));
    fc.assert(
      fc.property(
        arbitrarySeries,
        arbitrarySeries,
        arbitraryWindowDays,
        arbitraryWindowDays,
        (series, other, windowDays, otherDays) => {
          const first = bytesOf(series, windowDays);
          study(other, otherDays);
          expect(bytesOf(series, windowDays)).toBe(first);
        },
      ),
      propertyRuns(10_000),
    );
  });

  it('a tier that a single failure would break says so', () => {
    fc.assert(
      fc.property(
        fc.record({
          days: fc.integer({ min: 14, max: 200 }),
          hourlyRequests: fc.double({ min: 0.1, max: 30, noNaN: true }),
          idleShare: fc.constantFrom(0, 0, 0.5, 0.9),
          failures: fc.array(fc.nat(), { maxLength: 2 }),
        }),
        fc.constantFrom(1, 7, 28),
        ({ days, hourlyRequests, idleShare, failures }, windowDays) => {
          const hours = days * 24;
          const total = new Float64Array(hours);
          const bad = new Float64Array(hours);
          let carried = 0;
          for (let hour = 0; hour < hours; hour++) {
            carried += hour % 24 < 24 * idleShare ? 0 : hourlyRequests;
            total[hour] = Math.floor(carried);
            carried -= total[hour];
          }
          for (const place of failures) {
            bad[place % hours] = Math.min(1, total[place % hours]);
          }
          const { tiers, reasons, expectedRequests } = recommendSli(
            study({ startMs: 0, total, bad }, windowDays),
          );
          const breakable = Object.values(tiers).some(
            tier =>
              tier && !keepsObjective(1, expectedRequests ?? 0, tier.objective),
          );
          const said = reasons.some(
            ({ code }) => code === 'single_failure_breaks',
          );
          expect(said).toBe(breakable);
        },
      ),
      propertyRuns(2_000),
    );
  });
});
