import * as fc from 'fast-check';
import { propertyRuns } from '../__testUtils__/propertyRuns';
import { requireWithinCap } from './rules';
import type { TimeRange } from './timeRanges';
import { HOUR_MS } from '../kernel/time/hours';

const START_MS = Date.parse('2026-03-01T00:00:00Z');

/** From the hour with the first number on, before the one with the second. */
const hours = (from: number, to: number): TimeRange => ({
  fromMs: START_MS + from * HOUR_MS,
  toMs: START_MS + to * HOUR_MS,
});

/** Windows of 100 hours of which 10 may be left out, of a service whose requests are not known. */
const add = (added: TimeRange, ...active: TimeRange[]) =>
  requireWithinCap({
    added,
    active,
    requests: undefined,
    windowMs: 100 * HOUR_MS,
    cap: 0.1,
  });

describe('requireWithinCap', () => {
  it.each([
    ['all that one window may lose', hours(0, 10), []],
    ['hours that are left out already', hours(2, 4), [hours(0, 10)]],
    ['the other half of an overlap', hours(5, 10), [hours(0, 8)]],
    ['as many in the next window', hours(110, 120), [hours(0, 10)]],
    ['as many in the window before', hours(0, 10), [hours(110, 120)]],
    [
      'hours between two windows',
      hours(100, 105),
      [hours(0, 5), hours(200, 205)],
    ],
  ])('lets be left out %s', (_, added, active) => {
    expect(() => add(added, ...active)).not.toThrow();
  });

  it.each([
    [
      'an hour too many',
      hours(0, 11),
      [],
      '0 h are left out already, and this is 11 h',
    ],
    ['an hour too many beside others', hours(50, 55), [hours(0, 6)], '6 h'],
    ['more before others', hours(0, 5), [hours(94, 100)], '6 h'],
    [
      'more where others overlap',
      hours(20, 25),
      [hours(0, 6), hours(2, 6)],
      '6 h are left out already, and this is 5 h',
    ],
    [
      'more where the window ends amid them',
      hours(94, 104),
      [hours(0, 5)],
      '5 h',
    ],
    [
      'hours in the midst of others',
      hours(50, 54),
      [hours(0, 4), hours(96, 100)],
      '8 h',
    ],
  ])('refuses %s', (_, added, active, present) => {
    expect(() => add(added, ...active)).toThrow(present);
  });

  it('names the cap in hours and as a share', () => {
    expect(() => add(hours(0, 11))).toThrow(
      'At most 10 h of a window of 4.17 days may be left out: 10 % of its hours, and of its requests, as sloRecommender.exclusions.cap says. Of the one from 2026-03-01 00:00 UTC, 0 h are left out already, and this is 11 h: with it, 11 % of its hours would be. Exclude less, withdraw another exclusion, or have the cap raised.',
    );
  });

  it('does not lose an hour to rounding, and lets nothing be left out by a cap of 0', () => {
    const check = (cap: number, length: number) => () =>
      requireWithinCap({
        added: hours(0, length),
        active: [],
        requests: undefined,
        windowMs: 100 * HOUR_MS,
        cap,
      });
    expect(check(0.29, 29)).not.toThrow();
    expect(check(0, 1)).toThrow('At most 0 h');
  });

  it('agrees with a count of every window, hour by hour', () => {
    const range = fc
      .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 6 }))
      .map(([from, length]) => hours(from, from + length));
    fc.assert(
      fc.property(range, fc.array(range, { maxLength: 6 }), (added, active) => {
        const windowHours = 20;
        const covers = (ranges: TimeRange[], hour: number) => {
          const atMs = START_MS + hour * HOUR_MS;
          return ranges.some(one => one.fromMs <= atMs && atMs < one.toMs);
        };
        let most = 0;
        for (let from = -windowHours; from < 70; from++) {
          const hoursIn = Array.from(
            { length: windowHours },
            (_, i) => from + i,
          );
          if (!hoursIn.some(hour => covers([added], hour))) continue;
          const left = hoursIn.filter(hour => covers([added, ...active], hour));
          most = Math.max(most, left.length);
        }
        let isRefused = false;
        try {
          requireWithinCap({
            added,
            active,
            requests: undefined,
            windowMs: windowHours * HOUR_MS,
            cap: 0.25,
          });
        } catch {
          isRefused = true;
        }
        expect(isRefused).toBe(most > 5);
      }),
      propertyRuns(2_000),
    );
  });
});
