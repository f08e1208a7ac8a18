import type { Exclusion } from 'backstage-plugin-slo-recommender-common';
import { excludedShare, formatPeriod, hoursIn, widenToHours } from './period';

const NOW = '2026-11-21T18:00:00.000Z';
const DAY_MS = 86_400_000;

const exclusion = (
  from: string,
  to: string,
  changes: Partial<Exclusion> = {},
): Exclusion => ({
  id: from,
  from,
  to,
  reason: 'Planned migration',
  owner: 'user:default/guest',
  createdAt: NOW,
  withdrawn: null,
  ...changes,
});

const period = (from: string, to: string) => ({
  fromMs: Date.parse(from),
  toMs: Date.parse(to),
});

describe('a period', () => {
  it.each([
    [
      '2026-11-21T10:20:00Z',
      '2026-11-21T11:40:00Z',
      '21 Nov 2026, 10:00 to 12:00 UTC',
      2,
    ],
    [
      '2026-11-21T10:00:00Z',
      '2026-11-21T11:00:00Z',
      '21 Nov 2026, 10:00 to 11:00 UTC',
      1,
    ],
    [
      '2026-11-20T22:30:00+05:30',
      '2026-11-21T12:00:00Z',
      '20 Nov 2026, 17:00 to 21 Nov 2026, 12:00 UTC',
      19,
    ],
  ])('%s to %s leaves out %s', (from, to, words, hours) => {
    const wide = widenToHours(period(from, to));
    expect(formatPeriod(wide)).toBe(words);
    expect(hoursIn(wide)).toBe(hours);
  });
});

describe('the share of the last window that is left out', () => {
  const day = exclusion('2026-11-10T00:00:00Z', '2026-11-11T00:00:00Z');
  it.each<[string, Exclusion[], number]>([
    ['nothing excluded', [], 0],
    ['a day', [day], 1],
    ['the same day twice', [day, { ...day, id: 'again' }], 1],
    [
      'a withdrawn day',
      [{ ...day, withdrawn: { by: 'user:default/guest', at: NOW } }],
      0,
    ],
    [
      'a day and a half that overlap by half a day',
      [exclusion('2026-11-10T12:00:00Z', '2026-11-12T00:00:00Z'), day],
      2,
    ],
    [
      'a day half of which is before the window',
      [exclusion('2026-10-24T06:00:00Z', '2026-10-25T06:00:00Z')],
      0.5,
    ],
    [
      'a day that has not come yet',
      [exclusion('2026-11-22T00:00:00Z', '2026-11-23T00:00:00Z')],
      0,
    ],
  ])('%s', (_, exclusions, days) => {
    expect(excludedShare(exclusions, 28 * DAY_MS, Date.parse(NOW))).toBeCloseTo(
      days / 28,
    );
  });
});
