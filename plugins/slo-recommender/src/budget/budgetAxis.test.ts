import { budgetTicks } from './budgetAxis';

it.each([
  ['nothing overspent', [1, 0.38, null], [0, 25, 50, 75, 100]],
  ['a little overspent', [1, -0.42], [-50, -25, 0, 25, 50, 75, 100]],
  ['twice overspent', [1, -1.4], [-150, -100, -50, 0, 50, 100]],
  ['far overspent', [1, -35.7], [-4000, -3000, -2000, -1000, 0]],
])('%s', (_, shares, ticks) => {
  expect(budgetTicks(shares)[0]).toBeLessThanOrEqual(
    Math.min(0, ...shares.map(share => (share ?? 0) * 100)),
  );
  expect(budgetTicks(shares)).toEqual(ticks);
});
