import { formatMonth } from './formatMonth';

it.each([
  ['2026-10', 'Oct 2026'],
  ['2027-01', 'Jan 2027'],
])('%s reads %s', (month, words) => {
  expect(formatMonth(month)).toBe(words);
});
