import * as fc from 'fast-check';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { requireWithinCap } from './rules';
import { KnownRequests } from './KnownRequests';
import type { TimeRange } from './timeRanges';
import { HOUR_MS } from '../kernel/time/hours';

const START_MS = Date.parse('2026-03-01T00:00:00Z');

/** From the hour with the first number on, before the one with the second. */
const hours = (from: number, to: number): TimeRange => ({
  fromMs: START_MS + from * HOUR_MS,
  toMs: START_MS + to * HOUR_MS,
});

/** What telemetry tells of a service, hour by hour from the first one on; NaN where it tells nothing. */
const told = (totals: readonly number[]) =>
  new KnownRequests({
    startMs: START_MS,
    total: Float64Array.from(totals),
    bad: new Float64Array(totals.length),
  });

describe('requireWithinCap where requests are known', () => {
  const NaNs = (length: number) => Array.from({ length }, () => NaN);
  /** 1,000 requests in one hour of ten, and no more than `rest` in each of the others. */
  const bursts = (length: number, rest: number) =>
    Array.from({ length }, (_, hour) => (hour % 10 === 0 ? 1_000 : rest));
  const even = (length: number) => Array.from({ length }, () => 50);

  /** Windows of 100 hours of which 10 may be left out, and 10 % of the requests. */
  const addKnowing = (
    totals: readonly number[],
    added: TimeRange,
    ...active: TimeRange[]
  ) =>
    requireWithinCap({
      added,
      active,
      requests: told(totals),
      windowMs: 100 * HOUR_MS,
      cap: 0.1,
    });
  const shortOf = (from: number) => hours(from, from + 1);

  it.each([
    ['one burst of ten', bursts(100, 0), shortOf(0), []],
    ['a tenth of what is even', even(300), hours(150, 160), []],
    [
      'hours without a request beside all that may be',
      bursts(100, 0),
      shortOf(5),
      [shortOf(0)],
    ],
    [
      'hours without a request beside more than may be',
      bursts(100, 0),
      shortOf(5),
      [shortOf(0), shortOf(10)],
    ],
    ['as much in the window after', bursts(200, 0), shortOf(100), [shortOf(0)]],
    [
      'all bursts of a history that is shorter than the window',
      bursts(99, 0),
      shortOf(10),
      [shortOf(0), shortOf(20)],
    ],
    [
      'all bursts but of windows that are not over',
      bursts(99, 0),
      hours(90, 95),
      [shortOf(80)],
    ],
    [
      'what nothing is told of',
      [...NaNs(50), ...bursts(99, 0)],
      hours(0, 10),
      [],
    ],
    [
      'hours of a service without requests',
      bursts(100, 0).map(() => 0),
      hours(0, 10),
      [],
    ],
    [
      'what cannot have been counted',
      [...even(99), Infinity, ...even(50)],
      hours(95, 100),
      [],
    ],
  ])('lets be left out %s', (_, totals, added, active) => {
    expect(() => addKnowing(totals, added, ...active)).not.toThrow();
  });

  it.each([
    [
      'two bursts of ten',
      bursts(100, 0),
      shortOf(10),
      [shortOf(0)],
      '2 % of its hours and 20 % of its requests',
    ],
    [
      'two bursts of ten in one window of several',
      bursts(300, 0),
      shortOf(150),
      [shortOf(240)],
      '20 %',
    ],
    [
      'a burst among gaps',
      [...bursts(11, NaN), ...NaNs(80), ...even(9)],
      shortOf(0),
      [],
      '1 % of its hours and 40.9 % of its requests',
    ],
    [
      'a little more than a tenth',
      [...even(99), 51],
      hours(90, 100),
      [],
      '10 % of its hours and 10.1 % of its requests',
    ],
    [
      'too many hours, and says what share of requests they are',
      bursts(100, 0),
      hours(1, 20),
      [],
      '19 % of its hours and 10 % of its requests',
    ],
  ])('refuses %s', (_, totals, added, active, shares) => {
    expect(() => addKnowing(totals, added, ...active)).toThrow(shares);
  });

  it('agrees with a count of every window that is known, hour by hour', () => {
    const windowHours = 20;
    const length = 60;
    const range = fc
      .tuple(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 1, max: 4 }))
      .map(([from, count]) => ({ from, to: from + count }));
    const counts = fc.array(fc.constantFrom(0, 1, 7, 100), {
      minLength: length,
      maxLength: length,
    });
    const isOver = (
      totals: number[],
      added: { from: number; to: number },
      active: { from: number; to: number }[],
    ) => {
      const isOut = (hour: number, ranges: typeof active) =>
        ranges.some(({ from, to }) => from <= hour && hour < to);
      const sum = (from: number, valueOf: (hour: number) => number) => {
        let result = 0;
        for (let h = from; h < from + windowHours; h++) result += valueOf(h);
        return result;
      };
      for (let from = -windowHours; from < 80; from++) {
        if (added.from >= from + windowHours || added.to <= from) continue;
        const hoursOut = sum(from, h => (isOut(h, [added, ...active]) ? 1 : 0));
        if (hoursOut > 5) return true;
        if (from < 0 || from + windowHours > length) continue;
        const total = sum(from, h => totals[h]);
        const before = sum(from, h => (isOut(h, active) ? totals[h] : 0));
        const out = sum(from, h =>
          isOut(h, [added, ...active]) ? totals[h] : 0,
        );
        if (out > before && out > 0.25 * total) return true;
      }
      return false;
    };
    fc.assert(
      fc.property(
        counts,
        range,
        fc.array(range, { maxLength: 3 }),
        (totals, added, active) => {
          const options = {
            added: hours(added.from, added.to),
            active: active.map(({ from, to }) => hours(from, to)),
            requests: told(totals),
            windowMs: windowHours * HOUR_MS,
            cap: 0.25,
          };
          let isRefused = false;
          try {
            requireWithinCap(options);
          } catch {
            isRefused = true;
          }
          expect(isRefused).toBe(isOver(totals, added, active));
        },
      ),
      propertyRuns(2_000),
    );
  });
});
