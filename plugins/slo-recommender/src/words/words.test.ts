import {
  formatAdjoiningWindow,
  formatBudgetRequests,
  formatDays,
  formatExpectedCount,
  formatKnownWindow,
  formatLatencyInWords,
  formatObjective,
  formatProbabilityInterval,
  formatSpend,
  formatAge,
  formatBurnRate,
  formatFullDay,
  formatInstant,
  formatMinutes,
  formatNearInstant,
  formatProbabilityInWords,
  formatRemaining,
  formatShare,
  formatShortWindow,
  formatWindow,
} from '.';
import { unbroken } from './unbroken';

describe('spans', () => {
  it.each([
    [0, '0 min'],
    [0.43, '26 s'],
    [4.03, '4 min'],
    [8.06, '8.1 min'],
    [40.32, '40 min'],
    [201.6, '3 h 22 min'],
    [1440, '1 d'],
    [2016, '1 d 10 h'],
  ])('%d minutes read %s', (minutes, words) => {
    expect(formatMinutes(minutes)).toBe(unbroken(words));
  });

  it.each([
    ['P28D', '28 days', '28 d'],
    ['P1D', '1 day', '1 d'],
    ['PT6H', '6 hours', '6 h'],
    ['PT1H', '1 hour', '1 h'],
    ['PT24H', '1 day', '1 d'],
    ['28d', '28 days', '28 d'],
    ['a fortnight', 'a fortnight', 'a fortnight'],
  ])('the window %s reads %s and in short %s', (iso, words, short) => {
    expect(formatWindow(iso)).toBe(words);
    expect(formatShortWindow(iso)).toBe(unbroken(short));
  });
});

it.each([
  ['P28D', 90, '28 days'],
  ['P28D', 28, '28 days'],
  ['P28D', 27.9, '27 days'],
  ['P28D', 3.4, '3 days'],
  ['P28D', 1.5, '36 hours'],
  ['P28D', 0.01, 'hour'],
  ['P1D', 1.5, 'day'],
])(
  'of the window %s, %d days of history are the last %s',
  (iso, days, words) => {
    expect(formatKnownWindow(iso, days)).toBe(words);
  },
);

it.each([
  ['PT1H', 'hour'],
  ['P1D', 'day'],
  ['P28D', '28 days'],
  ['P11D', '11 days'],
])('the window %s is the last %s', (iso, words) => {
  expect(formatAdjoiningWindow(iso)).toBe(words);
});

it.each([
  [1, 'more than 99.9 %'],
  [0.92, '92 %'],
  [0, 'less than 0.1 %'],
])('a probability of %d reads %s', (probability, words) => {
  expect(formatProbabilityInWords(probability)).toBe(unbroken(words));
});

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

describe('shares of a budget', () => {
  it.each([
    [0, '0 %'],
    [0.001, '< 1 %'],
    [0.384, '38 %'],
    [0.999, '> 99 %'],
    [1, '100 %'],
  ])('%d reads %s', (share, words) => {
    expect(formatShare(share)).toBe(unbroken(words));
  });

  it('says overspent where less than nothing is left', () => {
    expect(formatRemaining(-0.42)).toBe(unbroken('overspent by 42 %'));
    expect(formatRemaining(-35.7)).toBe('spent 37 times over');
    expect(formatRemaining(0.38)).toBe(unbroken('38 % left'));
  });
});

it.each([
  [0, '0 ×'],
  [0.01, '< 0.1 ×'],
  [0.84, '0.8 ×'],
  [14.4, '14 ×'],
])('a burn rate of %d reads %s', (rate, words) => {
  expect(formatBurnRate(rate)).toBe(unbroken(words));
});

it.each([
  [0.05, 'fewer than 0.1'],
  [1.04, '1'],
  [2.57, '2.6'],
  [41.8, '42'],
])('%d expected reads %s', (count, words) => {
  expect(formatExpectedCount(count)).toBe(words);
});

it.each([
  [0.58, '58 % of it'],
  [5.8, '5.8 × as much'],
])('a spend of %d reads %s', (share, words) => {
  expect(formatSpend(share)).toBe(unbroken(words));
});

it.each([
  [21_400.4, '21,400 failed requests', '21,400 slow requests'],
  [1.9, '1 failed request', '1 slow request'],
  [0.9, 'less than 1 failed request', 'less than 1 slow request'],
])('a budget of %d reads %s or %s', (requests, failed, slow) => {
  expect(formatBudgetRequests(requests, 'availability')).toBe(failed);
  expect(formatBudgetRequests(requests, 'latency')).toBe(slow);
});

it('says of what an objective is', () => {
  expect(formatObjective(0.999, { sliType: 'availability' })).toBe(
    unbroken('99.9 % availability'),
  );
  expect(
    formatObjective(0.99, { sliType: 'latency', thresholdSeconds: 0.3 }),
  ).toBe(unbroken('99 % of requests faster than 300 ms'));
});

it('names the years of a period where they differ', () => {
  expect(formatDays('2026-10-24T00:00:00Z', '2026-11-21T00:00:00Z')).toBe(
    '24 Oct to 21 Nov',
  );
  expect(formatDays('2025-12-24T00:00:00Z', '2026-01-21T00:00:00Z')).toBe(
    '24 Dec 2025 to 21 Jan 2026',
  );
});

it('puts an interval of latencies into a sentence', () => {
  const words = (fromSeconds: number, toSeconds: number | null) =>
    formatLatencyInWords({ fromSeconds, toSeconds });
  expect(words(0.25, 0.5)).toBe(unbroken('between 250 ms and 500 ms'));
  expect(words(0.3, 0.3)).toBe(unbroken('at 300 ms'));
  expect(words(12.8, null)).toBe(unbroken('above 12.8 s'));
});

it('gives the ends of an interval of probabilities', () => {
  expect(formatProbabilityInterval({ from: 0.88, to: 0.9999 })).toBe(
    unbroken('88 % to > 99.9 %'),
  );
});
