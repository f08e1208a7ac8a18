import { settledHour } from './hours';

describe('settledHour', () => {
  it.each([
    ['2026-03-01T12:30:00Z', '2026-03-01T12:30:00Z', '2026-03-01T12:00:00Z'],
    // the hour has just ended: its telemetry may not be there yet
    ['2026-03-01T12:01:00Z', '2026-03-01T12:01:00Z', '2026-03-01T11:00:00Z'],
    ['2023-01-01T00:00:00Z', '2026-03-01T12:01:00Z', '2023-01-01T00:00:00Z'],
    ['2023-01-01T00:59:59Z', '2026-03-01T12:01:00Z', '2023-01-01T00:00:00Z'],
  ])('as of %s, seen at %s, ends at %s', (asOf, now, expected) => {
    expect(settledHour(new Date(asOf), new Date(now))).toEqual(
      new Date(expected),
    );
  });
});
