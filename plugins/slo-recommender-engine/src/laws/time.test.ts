import fc from 'fast-check';
import {
  arbitrarySeries,
  arbitraryWindowDays,
  poisonedSeries,
} from '../__testUtils__/arbitrarySeries';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { endOf } from '../__testUtils__/series';
import { errorBudget } from '../budget';
import { recommendAvailability } from '../recommend';
import { DAY_MS, HOUR_MS, type CountSeries } from '../sli';

const bytesOf = (series: CountSeries, windowDays: number, asOfMs: number) =>
  JSON.stringify(
    recommendAvailability({
      series,
      asOfMs,
      windowMs: windowDays * DAY_MS,
      promisedObjective: 0.9993,
    }),
  );

const budgetBytesOf = (
  series: CountSeries,
  windowDays: number,
  asOfMs: number,
) =>
  JSON.stringify(
    errorBudget({
      series,
      asOfMs,
      windowMs: windowDays * DAY_MS,
      objective: 0.9993,
    }),
  );

const concatenated = (parts: Float64Array[]) => {
  const all = new Float64Array(
    parts.reduce((length, part) => length + part.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

const joined = (startMs: number, ...parts: Omit<CountSeries, 'startMs'>[]) => ({
  startMs,
  total: concatenated(parts.map(({ total }) => total)),
  bad: concatenated(parts.map(({ bad }) => bad)),
});

describe('time', () => {
  it('what comes after the instant changes nothing', () => {
    fc.assert(
      fc.property(
        arbitrarySeries,
        arbitraryWindowDays,
        poisonedSeries,
        fc.integer({ min: 0, max: HOUR_MS - 1 }),
        (series, windowDays, future, minutes) => {
          const extended = joined(series.startMs, series, future);
          const asOfMs = endOf(series);
          expect(bytesOf(extended, windowDays, asOfMs + minutes)).toBe(
            bytesOf(series, windowDays, asOfMs),
          );
          expect(budgetBytesOf(extended, windowDays, asOfMs + minutes)).toBe(
            budgetBytesOf(series, windowDays, asOfMs),
          );
        },
      ),
      propertyRuns(10_000),
    );
  });

  it('unknown hours before the first known one change nothing', () => {
    fc.assert(
      fc.property(
        arbitrarySeries,
        arbitraryWindowDays,
        fc.integer({ min: 1, max: 500 }),
        (series, windowDays, hours) => {
          const unknown = new Float64Array(hours).fill(NaN);
          const earlier = joined(
            series.startMs - hours * HOUR_MS,
            { total: unknown, bad: unknown },
            series,
          );
          expect(bytesOf(earlier, windowDays, endOf(series))).toBe(
            bytesOf(series, windowDays, endOf(series)),
          );
        },
      ),
      propertyRuns(2_000),
    );
  });
});
