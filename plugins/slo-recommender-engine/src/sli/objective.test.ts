import {
  allowedFailureRatio,
  keepsObjective,
  OBJECTIVE_LADDER,
  requireObjective,
  requireWindow,
} from './objective';
import { DAY_MS } from './time';

describe('objectives', () => {
  it.each<[number, number]>([
    [0.9, 0.1],
    [0.95, 0.05],
    [0.98, 0.02],
    [0.99, 0.01],
    [0.995, 0.005],
    [0.998, 0.002],
    [0.999, 0.001],
    [0.9995, 0.0005],
    [0.9998, 0.0002],
    [0.9999, 0.0001],
    [0.99995, 0.00005],
    [0.99999, 0.00001],
  ])('%d allows exactly %d', (objective, allowed) => {
    expect(OBJECTIVE_LADDER).toContain(objective);
    expect(allowedFailureRatio(objective)).toBe(allowed);
  });

  it('still allows something where the objective is next to 1', () => {
    expect(allowedFailureRatio(1 - 2 ** -53)).toBe(2 ** -53);
  });

  it.each<[number, number, number, boolean]>([
    [5, 10_000, 0.9995, true],
    [6, 10_000, 0.9995, false],
    [1, 100_000, 0.99999, true],
    [7, 7_000, 0.999, true],
    [0, 0, 0.999, true],
    [9_007_199_254, 9_007_199_254_740_992, 0.999999, true],
    [9_007_299_254, 9_007_199_254_740_992, 0.999999, false],
  ])('%d bad of %d keep %d: %s', (bad, total, objective, kept) => {
    expect(keepsObjective(bad, total, objective)).toBe(kept);
  });

  it.each([0, 1, -1, 99.9, NaN])('refuses %d as an objective', objective => {
    expect(() => requireObjective('objective', objective)).toThrow(
      'pass a fraction above 0 and below 1',
    );
  });

  it.each([0, 0.5, 1.5, 91, NaN, Infinity])(
    'refuses a window of %d days',
    days => {
      expect(() => requireWindow(days * DAY_MS)).toThrow('whole days');
    },
  );
});
