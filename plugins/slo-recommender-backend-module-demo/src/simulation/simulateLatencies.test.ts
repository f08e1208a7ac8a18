import type { SimulatedLatency } from '../company';
import { simulateLatencies } from './simulateLatencies';

const quick = { medianSeconds: 0.06, spread: 0.5 };

/** Requests of the day by bucket. */
function simulate(
  latency: SimulatedLatency | undefined,
  {
    failed = 0,
    errorRatio = 0,
    hour,
  }: { failed?: number; errorRatio?: number; hour?: number } = {},
): number[] {
  const hours = simulateLatencies(
    { name: 'checkout', instrumented: true, errorRatio, latency },
    1,
    0,
    {
      calls: new Float64Array(24).fill(10_000),
      failed: new Float64Array(24).fill(failed),
    },
  );
  return (hours ?? [])
    .filter((_, index) => hour === undefined || index === hour)
    .reduce<number[]>(
      (sum, { counts }) => [...counts].map((n, i) => n + (sum[i] ?? 0)),
      [],
    );
}

const withBounds = (...boundsMilliseconds: number[]) => ({
  ...quick,
  boundsMilliseconds,
});

describe('simulateLatencies', () => {
  it('has half of the requests below the median, and all somewhere', () => {
    const [below, above] = simulate(withBounds(60));
    expect(below + above).toBe(240_000);
    expect(below / 240_000).toBeCloseTo(0.5, 1);
  });

  it('knows nothing of what nobody measures', () => {
    expect(simulate(undefined)).toEqual([]);
  });

  it('is slower in the evening than at night', () => {
    const [night] = simulate(withBounds(60), { hour: 4 });
    const [evening] = simulate(withBounds(60), { hour: 18 });
    expect(evening).toBeLessThan(night - 1_000);
  });

  it('is slower in trouble, and what fails has often timed out', () => {
    const [, slow] = simulate(withBounds(1_000));
    const [, slowInTrouble] = simulate(withBounds(1_000), { failed: 5_000 });
    expect(slow).toBeLessThan(10);
    expect(slowInTrouble / 240_000).toBeCloseTo(0.35, 1);
  });

  it('is none the slower for an indicator that is broken', () => {
    expect(simulate(quick, { failed: 10_000, errorRatio: 1 })).toEqual(
      simulate(quick),
    );
  });

  it('has two kinds of requests where instances are started cold, most at night', () => {
    const serverless = {
      ...withBounds(200, 800),
      coldStarts: { share: 0.05, medianSeconds: 2 },
    };
    const [, between, coldAtNight] = simulate(serverless, { hour: 4 });
    const [, , coldInTheEvening] = simulate(serverless, { hour: 18 });
    expect(between).toBeLessThan(coldAtNight);
    expect(coldInTheEvening).toBeLessThan(coldAtNight / 2);
  });
});
