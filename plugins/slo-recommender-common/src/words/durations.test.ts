import {
  formatAdjoiningWindow,
  formatDays,
  formatDuration,
  formatKnownWindow,
  formatMinutes,
  formatShortWindow,
  formatWindow,
  parseDuration,
} from './durations';

describe('durations', () => {
  it.each([
    ['28d', 2_419_200_000, 'P28D'],
    ['P28D', 2_419_200_000, 'P28D'],
    ['1w', 604_800_000, 'P7D'],
    ['90m', 5_400_000, 'PT1H30M'],
    ['PT1H', 3_600_000, 'PT1H'],
    ['P1DT12H', 129_600_000, 'P1DT12H'],
    ['250ms', 250, 'PT0.25S'],
    ['0s', 0, 'PT0S'],
  ])('%s is %d ms and written %s', (text, ms, written) => {
    expect(parseDuration(text)).toBe(ms);
    expect(formatDuration(ms)).toBe(written);
  });

  it.each(['', 'P', 'PT', '28', 'd', '-1d', '1.5d', '28 d', 'P1M'])(
    '%j is none',
    text => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});

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
    expect(formatMinutes(minutes)).toBe(words);
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
    expect(formatShortWindow(iso)).toBe(short);
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

describe('figures in sentences', () => {
  it.each<[number, string]>([
    [2.99, '2.9 days'],
    [1, '1 day'],
    [90.9, '90 days'],
  ])('%d days read %s', (days, text) => {
    expect(formatDays(days)).toBe(text);
  });
});
