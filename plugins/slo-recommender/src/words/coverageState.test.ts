import { coverageState } from './coverageState';

it.each([
  ['on the point', 0.9, 0.904, [0.89, 0.915], 900, 'within'],
  ['five points below', 0.9, 0.85, [0.84, 0.86], 900, 'within'],
  ['six points below', 0.9, 0.84, [0.82, 0.855], 900, 'broken more'],
  ['six points above', 0.9, 0.96, [0.945, 0.97], 900, 'kept more'],
  ['a little beyond chance', 0.9, 0.76, [0.54, 0.895], 100, 'chance'],
  ['six points below on few windows', 0.9, 0.84, [0.6, 0.95], 100, 'chance'],
  ['all broken on a single window', 0.9, 0, [0, 0.73], 1, 'chance'],
])('%s', (_, nominal, observed, [from, to], windows, state) => {
  expect(
    coverageState({ nominal, observed, interval: { from, to } }, windows),
  ).toBe(state);
});
