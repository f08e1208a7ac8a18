import { cusum, ours, threeSigma } from './methods';
import {
  emptyScore,
  f1,
  scored,
  strictF1,
  TOLERANCE,
  type Score,
} from './score';
import {
  CHANGED,
  simulateHistory,
  UNCHANGED,
  type Kind,
} from './simulateHistory';

/** Few, for a test must be quick: the figures come from the benchmark. */
const SERVICES = 60;
const seeds = Array.from({ length: SERVICES }, (_, i) => 1_000_000_007 + i);

const scoreOf = (kind: Kind, method = ours) =>
  seeds.reduce<Score>((score, seed) => {
    const { history, change } = simulateHistory(kind, seed);
    return change ? scored(score, method(history), change) : score;
  }, emptyScore);

describe('change points of simulated services', () => {
  it.each(CHANGED)('%s: found, and better than by the baselines', kind => {
    const found = f1(scoreOf(kind));
    expect(found).toBeGreaterThan(0.75);
    expect(found).toBeGreaterThan(f1(scoreOf(kind, cusum)));
    expect(found).toBeGreaterThan(f1(scoreOf(kind, threeSigma)));
  });

  it.each(UNCHANGED)('%s: at most one false alarm in ten quarters', kind => {
    const alarms = seeds.reduce(
      (sum, seed) => sum + ours(simulateHistory(kind, seed).history).length,
      0,
    );
    expect(alarms / SERVICES).toBeLessThanOrEqual(0.1);
  });
});

describe('score', () => {
  const step = { day: 40, length: 0, height: 1 };
  const ramp = { day: 40, length: 10, height: 1 };

  it.each([
    { found: [40 + TOLERANCE], change: step, score: 1, strict: 1 },
    { found: [41 + TOLERANCE], change: step, score: 0, strict: 0 },
    { found: [40, 60], change: step, score: 2 / 3, strict: 2 / 3 },
    { found: [], change: step, score: 0, strict: 0 },
    { found: [47], change: ramp, score: 1, strict: 0 },
  ])(
    'F1 of $found for a change on day 40 of $change.length days is $score, by the middle $strict',
    ({ found, change, score, strict }) => {
      const result = scored(emptyScore, found, change);
      expect(f1(result)).toBeCloseTo(score, 9);
      expect(strictF1(result)).toBeCloseTo(strict, 9);
    },
  );
});
