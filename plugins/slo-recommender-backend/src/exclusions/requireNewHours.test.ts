import { requireNewHours } from './rules';
import { HOUR_MS } from '../kernel/time/hours';

const START_MS = Date.parse('2026-03-01T00:00:00Z');

/** From the hour with the first number on, before the one with the second. */
const hours = (from: number, to: number) => ({
  id: `from-${from}-to-${to}`,
  fromMs: START_MS + from * HOUR_MS,
  toMs: START_MS + to * HOUR_MS,
  reason: 'Data centre moved',
  owner: 'user:default/ada',
});

describe('requireNewHours', () => {
  it.each([
    ['hours of which none is left out', hours(2, 4), []],
    ['hours beside others', hours(2, 4), [hours(0, 2), hours(4, 6)]],
    ['an hour more than is left out', hours(2, 5), [hours(2, 4)]],
    ['an hour between', hours(0, 5), [hours(0, 2), hours(3, 5)]],
  ])('lets be left out %s', (_, added, active) => {
    expect(() => requireNewHours(added, active)).not.toThrow();
  });

  it.each([
    ['the same hours', hours(2, 4), [hours(2, 4)], "by 'from-2-to-4' ("],
    ['hours amid others', hours(2, 4), [hours(1, 5)], "by 'from-1-to-5' ("],
    [
      'hours of several that adjoin',
      hours(1, 5),
      [hours(0, 3), hours(3, 6), hours(8, 9)],
      "by 'from-0-to-3' (2026-03-01 00:00 UTC to 2026-03-01 03:00 UTC), 'from-3-to-6' (2026-03-01 03:00 UTC to 2026-03-01 06:00 UTC). Give",
    ],
    [
      'hours of many',
      hours(0, 5),
      [0, 1, 2, 3, 4].map(from => hours(from, from + 1)),
      '03:00 UTC) and 2 more. Give hours that count, or withdraw',
    ],
  ])('refuses %s, and says what leaves them out', (_, added, active, named) => {
    expect(() => requireNewHours(added, active)).toThrow(
      expect.objectContaining({
        name: 'ConflictError',
        message: expect.stringContaining(named),
      }),
    );
  });
});
