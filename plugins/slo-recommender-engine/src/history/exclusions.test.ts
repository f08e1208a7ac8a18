import fc from 'fast-check';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { endOf, seriesOf, START_MS } from '../__testUtils__/series';
import { DAY_MS, HOUR_MS } from '../sli';
import { excludeHours, type Exclusion } from './exclusions';

const series = seriesOf(60 * 24, hour =>
  hour === 1_000 ? undefined : [100, hour % 3],
);
const asOfMs = endOf(series);
const windowMs = 28 * DAY_MS;
const hoursOf = (from: number, to: number): Exclusion => ({
  fromMs: START_MS + from * HOUR_MS,
  toMs: START_MS + to * HOUR_MS,
});
/** Indices of the hours that an exclusion made unknown. */
const excludedOf = (excluded: { total: Float64Array }) =>
  [...excluded.total.keys()].filter(
    hour => Number.isNaN(excluded.total[hour]) && hour !== 1_000,
  );

describe('excludeHours', () => {
  it('changes nothing where nothing is excluded', () => {
    const result = excludeHours(series, [], { asOfMs, windowMs });
    expect(result.series).toBe(series);
    expect(result).toMatchObject({
      excludedHours: 0,
      share: 0,
      hoursOverCap: 0,
    });
  });

  it('makes the hours that an exclusion touches unknown', () => {
    const exclusion = hoursOf(1_200.5, 1_202.1);
    const result = excludeHours(series, [exclusion], { asOfMs, windowMs });
    expect(excludedOf(result.series)).toEqual([1_200, 1_201, 1_202]);
    expect(result.series.bad[1_200]).toBeNaN();
    expect(result.series.bad[1_203]).toBe(series.bad[1_203]);
    expect(result).toMatchObject({ excludedHours: 3, share: 3 / 672 });
  });

  it('counts overlapping exclusions once, and unknown hours not at all', () => {
    const result = excludeHours(
      series,
      [hoursOf(990, 1_010), hoursOf(995, 1_012)],
      { asOfMs, windowMs },
    );
    expect(result).toMatchObject({ excludedHours: 21, hoursOverCap: 0 });
  });

  it('stops at the cap, and gives the hours to what was asked for first', () => {
    // 10 % of 672 hours are 67
    const result = excludeHours(
      series,
      [hoursOf(1_100, 1_150), hoursOf(1_040, 1_090)],
      { asOfMs, windowMs },
    );
    expect(excludedOf(result.series)).toEqual([
      ...Array.from({ length: 17 }, (_, i) => 1_040 + i),
      ...Array.from({ length: 50 }, (_, i) => 1_100 + i),
    ]);
    expect(result).toMatchObject({ excludedHours: 67, hoursOverCap: 33 });
  });

  it('has a cap for each window: what is too much in one is possible in two', () => {
    const far = [hoursOf(100, 160), hoursOf(1_300, 1_360)];
    const result = excludeHours(series, far, { asOfMs, windowMs });
    expect(result).toMatchObject({ excludedHours: 60, hoursOverCap: 0 });
    const near = [hoursOf(700, 760), hoursOf(1_300, 1_360)];
    expect(excludeHours(series, near, { asOfMs, windowMs }).hoursOverCap).toBe(
      53,
    );
  });

  it('caps the hours of a history shorter than a window by its own length', () => {
    const young = seriesOf(10 * 24, hour =>
      hour < 5 * 24 ? undefined : [100, 0],
    );
    // 10 % of 5 days are 12 hours
    expect(
      excludeHours(young, [hoursOf(0, 240)], {
        asOfMs: endOf(young),
        windowMs,
      }),
    ).toMatchObject({ excludedHours: 12, share: 0.1, hoursOverCap: 108 });
    const unknown = seriesOf(10 * 24, () => undefined);
    expect(
      excludeHours(unknown, [hoursOf(0, 240)], {
        asOfMs: endOf(unknown),
        windowMs,
      }),
    ).toEqual({ series: unknown, excludedHours: 0, share: 0, hoursOverCap: 0 });
  });

  it('knows nothing of hours at and after the instant', () => {
    const result = excludeHours(series, [hoursOf(700, 720)], {
      asOfMs: START_MS + 710 * HOUR_MS,
      windowMs,
    });
    expect(excludedOf(result.series)).toHaveLength(10);
  });

  it.each([
    [
      { exclusion: hoursOf(5, 5), cap: 0.1 },
      'pass an end in milliseconds that is later',
    ],
    [{ exclusion: hoursOf(5, NaN), cap: 0.1 }, 'pass an end'],
    [{ exclusion: hoursOf(5, 6), cap: 1.1 }, 'cap is 1.1; pass the share'],
  ])('refuses %j', ({ exclusion, cap }, message) => {
    expect(() =>
      excludeHours(series, [exclusion], { asOfMs, windowMs, cap }),
    ).toThrow(message);
  });

  const exclusions = fc.array(
    fc
      .record({
        from: fc.integer({ min: -100, max: 1_500 }),
        hours: fc.integer({ min: 1, max: 300 }),
      })
      .map(({ from, hours }) => hoursOf(from, from + hours)),
    { maxLength: 8 },
  );
  const policies = fc.record({
    windowDays: fc.constantFrom(1, 7, 28, 60, 90),
    cap: fc.constantFrom(0, 0.01, 0.1, 0.3, 1),
  });

  it('leaves no more than the cap out of any window, and no known hour unaccounted for', () => {
    fc.assert(
      fc.property(exclusions, policies, (asked, { windowDays, cap }) => {
        const result = excludeHours(series, asked, {
          asOfMs,
          windowMs: windowDays * DAY_MS,
          cap,
        });
        const excluded = excludedOf(result.series);
        const most = cap * Math.min(windowDays, 60) * 24;
        let oldest = 0;
        let fullest = 0;
        excluded.forEach((hour, i) => {
          while (excluded[oldest] <= hour - windowDays * 24) oldest++;
          fullest = Math.max(fullest, i - oldest + 1);
        });
        expect(fullest).toBeLessThanOrEqual(most + 1e-9);
        const wanted = new Set(
          asked.flatMap(({ fromMs, toMs }) => {
            const from = Math.max(0, (fromMs - START_MS) / HOUR_MS);
            const to = Math.min(60 * 24, (toMs - START_MS) / HOUR_MS);
            return Array.from(
              { length: Math.max(0, to - from) },
              (_, i) => from + i,
            );
          }),
        );
        wanted.delete(1_000);
        expect(excluded.length + result.hoursOverCap).toBe(wanted.size);
        expect(excluded.every(hour => wanted.has(hour))).toBe(true);
      }),
      propertyRuns(500),
    );
  });
});
