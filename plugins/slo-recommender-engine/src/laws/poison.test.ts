import fc from 'fast-check';
import { arbitraryFleet } from '../__testUtils__/arbitraryFleet';
import {
  arbitraryWindowDays,
  poisonedSeries,
} from '../__testUtils__/arbitrarySeries';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { endOf, seriesOf } from '../__testUtils__/series';
import { errorBudget } from '../budget';
import { learnFromFleet } from '../calibrate';
import {
  calibratedQuantile,
  fleetReport,
  recommendAvailability,
  recommendSli,
  type SliRecommendation,
} from '../recommend';
import { DAY_MS, HOUR_MS, type CountSeries } from '../sli';
import { studySli } from '../study';

/** Every number in a result that fails the test, however deep. */
function numbersOf(
  result: unknown,
  isWrong: (value: number) => boolean,
): number[] {
  if (typeof result === 'number') {
    return isWrong(result) ? [result] : [];
  }
  if (result instanceof Float64Array) {
    return [...result.filter(isWrong)];
  }
  return typeof result === 'object' && result !== null
    ? Object.values(result).flatMap(value => numbersOf(value, isWrong))
    : [];
}

const notFinite = (value: number) => !Number.isFinite(value);
const noShare = (value: number) => !(value >= 0 && value <= 1);

describe('poisoned series', () => {
  it('neither NaN nor Infinity leaves, whatever comes in', () => {
    fc.assert(
      fc.property(
        poisonedSeries,
        arbitraryWindowDays,
        fc.constantFrom(-1_000, 0, 1, 24, 10_000, 700_000),
        fc.constantFrom(1e-12, 0.5, 0.999, 1 - 2 ** -53),
        fc.option(arbitraryFleet),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (series, windowDays, lateHours, objective, fleet, regimePlace) => {
          const asOfMs = Math.max(0, endOf(series) + lateHours * HOUR_MS);
          const windowMs = windowDays * DAY_MS;
          const regimeStartMs =
            series.startMs + regimePlace * (endOf(series) - series.startMs);
          const study = studySli({
            series,
            asOfMs,
            windowMs,
            promisedObjective: objective,
            // a regime that has not begun is refused
            regimeStartMs:
              regimeStartMs < asOfMs - HOUR_MS ? regimeStartMs : undefined,
          });
          const recommendation = recommendSli(study, { fleet });
          const budget = errorBudget({ series, asOfMs, windowMs, objective });
          expect(numbersOf([study, recommendation, budget], notFinite)).toEqual(
            [],
          );
          const shares = [
            recommendation.achieved,
            recommendation.curve,
            recommendation.predicted,
            recommendation.confidence,
            recommendation.calibration?.coverage,
            recommendation.completeness,
            recommendation.backtest.map(
              ({ achieved, attainments, pit, p90 }) => [
                achieved,
                attainments,
                pit,
                p90,
              ],
            ),
            calibratedQuantile(study, fleet, 0.999_999),
            budget.completeness,
            budget.pastWindows.map(({ ratio }) => ratio),
          ];
          expect(numbersOf(shares, noShare)).toEqual([]);
        },
      ),
      propertyRuns(10_000),
    );
  });

  it('leave the fleet that they belong to finite', () => {
    fc.assert(
      fc.property(
        fc.array(poisonedSeries, { maxLength: 4 }),
        arbitraryWindowDays,
        (fleet, windowDays) => {
          const windowMs = windowDays * DAY_MS;
          const asOfMs = Math.max(0, ...fleet.map(endOf));
          const studies = fleet.map(series =>
            studySli({ series, asOfMs, windowMs }),
          );
          const evidence = learnFromFleet(studies, asOfMs);
          const report = fleetReport(
            studies.map(study => ({
              windowMs,
              backtest: recommendSli(study, { fleet: evidence }).backtest,
            })),
            evidence,
          );
          expect(numbersOf([evidence.calibration, report], notFinite)).toEqual(
            [],
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  const YEAR_2106_MS = Date.UTC(2106, 1, 7, 6);
  const steady = (countsOf: Parameters<typeof seriesOf>[1]) =>
    seriesOf(28 * 24, countsOf);

  it.each<[string, CountSeries, SliRecommendation['verdict'], string[]]>([
    [
      'nothing but NaN',
      steady(() => undefined),
      'insufficient',
      ['no_telemetry'],
    ],
    [
      'a counter reset taken for a negative rate',
      steady(hour => [hour === 300 ? -5_000 : 100, 0]),
      'degraded',
      ['negative_count'],
    ],
    [
      'a counter reset taken for a negative rate, hour after hour',
      steady(hour => [hour % 24 ? -5_000 : 100, 0]),
      'invalid',
      ['negative_count'],
    ],
    [
      'failures without requests, NaN for 0',
      steady(hour => [hour % 2 ? NaN : 100, 1]),
      'degraded',
      ['gaps'],
    ],
    [
      'a gap of a week',
      steady(hour => (hour >= 200 && hour < 368 ? undefined : [100, 0])),
      'degraded',
      ['gaps'],
    ],
    [
      'an infinite rate',
      steady(hour => [hour === 3 ? Infinity : 100, 0]),
      'degraded',
      ['not_finite'],
    ],
    [
      'an infinite rate from the third hour on',
      steady(hour => [hour >= 3 ? Infinity : 100, 0]),
      'invalid',
      ['not_finite'],
    ],
    ['counts of 2^53', steady(() => [2 ** 53, 2 ** 23]), 'ok', []],
    [
      'counts beyond 2^53',
      steady(() => [2 ** 53 + 2, 0]),
      'invalid',
      ['count_too_large'],
    ],
    [
      'the year 2106, when 32 bits of seconds end',
      { ...steady(() => [100, 0]), startMs: YEAR_2106_MS },
      'ok',
      [],
    ],
  ])('get a verdict: %s', (_, series, verdict, codes) => {
    const result = recommendAvailability({
      series,
      asOfMs: endOf(series),
      windowMs: 28 * DAY_MS,
    });
    expect(result.verdict).toBe(verdict);
    expect(result.reasons.map(({ code }) => code)).toEqual(codes);
    expect(result.curve.length > 0).toBe(['ok', 'degraded'].includes(verdict));
  });
});
