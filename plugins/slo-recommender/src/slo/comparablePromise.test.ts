import { comparablePromise } from './comparablePromise';

const promise = (thresholdSeconds?: number) => ({
  objective: 0.99,
  attainment: 0.9,
  thresholdSeconds,
});

it.each([
  ['availability', promise(), undefined, true],
  ['the same threshold', promise(0.3), 0.3, true],
  ['the same threshold, rounded otherwise', promise(0.3), 3 * 0.1, true],
  ['another threshold', promise(0.2), 0.3, false],
])('compares a promise of %s', (_, promised, thresholdSeconds, comparable) => {
  expect(comparablePromise({ promised, thresholdSeconds })).toBe(
    comparable ? promised : null,
  );
});

it('has nothing to compare where nothing is promised', () => {
  expect(comparablePromise({ promised: null })).toBeNull();
});
