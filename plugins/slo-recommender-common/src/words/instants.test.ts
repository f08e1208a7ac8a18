import {
  formatAge,
  formatDateRange,
  formatFullDay,
  formatInstant,
  formatMinute,
  formatMonth,
  formatNearInstant,
} from './instants';

describe('instants are in UTC and say so', () => {
  it('with date and time', () => {
    expect(formatInstant('2026-11-21T18:00:00.000Z')).toBe(
      '21 Nov 2026, 18:00 UTC',
    );
  });

  it('with the weekday where the day is near', () => {
    expect(formatNearInstant('2026-11-24T14:00:00.000Z')).toBe(
      'Tue 24 Nov, 14:00 UTC',
    );
    expect(formatFullDay('2026-11-21')).toBe('Sat 21 Nov 2026');
  });

  it.each([
    ['2026-11-21T17:59:40.000Z', 'just now'],
    ['2026-11-21T17:48:00.000Z', '12 min ago'],
    ['2026-11-21T15:00:00.000Z', '3 h ago'],
    ['2026-11-17T15:00:00.000Z', '4 days ago'],
    ['2023-08-23T09:00:00.000Z', '1,186 days ago'],
    ['2026-11-21T18:00:01.000Z', 'in the future'],
  ])('%s is %s', (instant, age) => {
    expect(formatAge(instant, Date.parse('2026-11-21T18:00:00.000Z'))).toBe(
      age,
    );
  });
});

it('names the years of a period where they differ', () => {
  expect(formatDateRange('2026-10-24T00:00:00Z', '2026-11-21T00:00:00Z')).toBe(
    '24 Oct to 21 Nov',
  );
  expect(formatDateRange('2025-12-24T00:00:00Z', '2026-01-21T00:00:00Z')).toBe(
    '24 Dec 2025 to 21 Jan 2026',
  );
});

it.each([
  ['2026-10', 'Oct 2026'],
  ['2027-01', 'Jan 2027'],
])('%s reads %s', (month, words) => {
  expect(formatMonth(month)).toBe(words);
});

it('names an hour as it is entered', () => {
  expect(formatMinute(Date.UTC(2024, 4, 17, 13))).toBe('2024-05-17 13:00 UTC');
});
