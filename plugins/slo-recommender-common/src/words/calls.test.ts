import { formatCallRate, formatCallsPerRequest } from './calls';

it.each([
  [0, 'no calls'],
  [0.00001, '< 0.1 calls/h'],
  [0.0005, '1.8 calls/h'],
  [0.05, '3 calls/min'],
  [0.1, '0.1 calls/s'],
  [1.234, '1.2 calls/s'],
  [12_345, '12.3K calls/s'],
])('%d calls a second read %s', (rate, words) => {
  expect(formatCallRate(rate)).toBe(words);
});

it.each([
  [0.0001, '< 0.01'],
  [1.25, '1.3'],
  [40, '40'],
])('%d calls for a request read %s', (calls, words) => {
  expect(formatCallsPerRequest(calls)).toBe(words);
});
