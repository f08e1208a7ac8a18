import { normalQuantile } from './normalQuantile';

it.each<[number, number]>([
  [0.5, 0],
  [0.75, 0.6744897502],
  [0.9, 1.2815515655],
  [0.975, 1.9599639845],
  [0.99, 2.326347874],
  [0.999, 3.0902323062],
  [1e-6, -4.7534243088],
])('the normal quantile of %d is %d', (probability, z) => {
  expect(normalQuantile(probability)).toBeCloseTo(z, 7);
  expect(normalQuantile(1 - probability)).toBeCloseTo(-z, 6);
});
