import {
  formatBudgetRequests,
  formatLatencyInWords,
  formatLatencyInterval,
  formatObjective,
  formatSeconds,
  isSameThreshold,
} from './slis';

it.each([
  [0, 0.1, 'below 100 ms'],
  [0.2, 0.4, '200 ms to 400 ms'],
  [0.8, 1.6, '800 ms to 1.6 s'],
  [0.3, 0.3, '300 ms'],
  [12.8, null, 'above 12.8 s'],
])('between %d s and %d s reads %s', (fromSeconds, toSeconds, words) => {
  expect(formatLatencyInterval({ fromSeconds, toSeconds })).toBe(words);
});

it.each([
  [0.0125, '12.5 ms'],
  [1.5, '1.5 s'],
  [78, '78 s'],
  [180, '180 s'],
])('a latency of %d s reads %s', (seconds, words) => {
  expect(formatSeconds(seconds)).toBe(words);
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
    '99.9 % availability',
  );
  expect(
    formatObjective(0.99, { sliType: 'latency', thresholdSeconds: 0.3 }),
  ).toBe('99 % of requests faster than 300 ms');
});

it('puts an interval of latencies into a sentence', () => {
  const words = (fromSeconds: number, toSeconds: number | null) =>
    formatLatencyInWords({ fromSeconds, toSeconds });
  expect(words(0.25, 0.5)).toBe('between 250 ms and 500 ms');
  expect(words(0.3, 0.3)).toBe('at 300 ms');
  expect(words(12.8, null)).toBe('above 12.8 s');
});

it.each([
  [0.3, 0.3, true],
  [0.3, 300 / 1_000 + Number.EPSILON, true],
  [0.3, 0.1 + 0.2, true],
  [0.3, 0.301, false],
  [0.3, undefined, false],
  [undefined, undefined, true],
])('thresholds of %d s and %d s are the same: %s', (a, b, same) => {
  expect(isSameThreshold(a, b)).toBe(same);
  expect(isSameThreshold(b, a)).toBe(same);
});
